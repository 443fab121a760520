using Alga.Extensions.Contracts;

namespace Alga.Extensions.Registry.Install;

/// <summary>A grant is part of what the manifest declares; anything else is an error that names it, never dropped in silence.</summary>
public static class GrantRules
{
    /// <summary>Gives the grants sorted and without repetition, or the refusal.</summary>
    /// <param name="grants">What the admin wrote.</param>
    /// <param name="declaredCapabilities">The manifest's <c>capabilities</c>.</param>
    /// <param name="declaredEgress">The manifest's <c>egress</c>.</param>
    public static Outcome<InstallGrants> Check(
        InstallGrants grants, IReadOnlyList<string> declaredCapabilities, IReadOnlyList<string> declaredEgress)
    {
        foreach (var capability in grants.Capabilities)
        {
            if (!Capability.All.Contains(capability)) return Refused($"Capability {Quote(capability)} does not exist; there are {List(Capability.All)}.");
            if (!declaredCapabilities.Contains(capability)) return Refused($"Capability {capability} is not one that this version asks for; it asks for {List(declaredCapabilities)}.");
        }

        foreach (var host in grants.Egress)
        {
            if (!declaredEgress.Contains(host)) return Refused($"Egress host {Quote(host)} is not one that this version asks for; it asks for {List(declaredEgress)}.");
        }

        return new InstallGrants { Capabilities = Normalise(grants.Capabilities), Egress = Normalise(grants.Egress) };
    }

    private static string[] Normalise(IEnumerable<string> values) =>
        [.. values.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    private static Refusal Refused(string message) => new(ErrorCode.InvalidRequest, message);

    private static string Quote(string text) => $"'{(text.Length <= 128 ? text : text[..128])}'";

    private static string List(IEnumerable<string> values)
    {
        var sorted = Normalise(values);
        return sorted.Length == 0 ? "none" : string.Join(", ", sorted);
    }
}
