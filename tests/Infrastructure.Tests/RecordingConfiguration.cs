using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Primitives;

namespace Alga.Extensions.Infrastructure.Tests;

/// <summary>Environment variables that remember who was asked for.</summary>
internal sealed class RecordingConfiguration(Dictionary<string, string> variables) : IConfiguration
{
    private readonly HashSet<string> asked = new(StringComparer.Ordinal);

    /// <summary>Names that were read, whether they are set or not.</summary>
    public IReadOnlyCollection<string> Asked => asked;

    public string? this[string key]
    {
        get
        {
            asked.Add(key);
            return variables.GetValueOrDefault(key);
        }

        set => throw new NotSupportedException("Services read their settings and never write them.");
    }

    public IEnumerable<IConfigurationSection> GetChildren() => [];

    public IChangeToken GetReloadToken() => new CancellationChangeToken(CancellationToken.None);

    public IConfigurationSection GetSection(string key) => throw new NotSupportedException("Options are read one variable at a time.");
}
