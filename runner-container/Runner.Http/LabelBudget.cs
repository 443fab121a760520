using System.Collections.Concurrent;

namespace Alga.Extensions.Runner.Http;

/// <summary>
/// Bounds the values of a metric's labels: so many tenants and so many extensions have series of their own, first come first
/// served for the life of the process; all others share one that is called <see cref="Other"/>.
/// </summary>
internal sealed class LabelBudget(int maxTenants, int maxExtensions)
{
    /// <summary>What everybody beyond the bound is called.</summary>
    public const string Other = "other";

    private readonly ConcurrentDictionary<Guid, string> tenants = new();
    private readonly ConcurrentDictionary<string, string> extensions = new(StringComparer.Ordinal);

    public string Tenant(Guid id) =>
        tenants.TryGetValue(id, out var label) ? label : tenants.Count < maxTenants ? tenants.GetOrAdd(id, static id => id.ToString("D")) : Other;

    public string Extension(string name) =>
        extensions.TryGetValue(name, out var label) ? label : extensions.Count < maxExtensions ? extensions.GetOrAdd(name, name) : Other;
}
