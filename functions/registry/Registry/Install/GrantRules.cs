using Alga.Extensions.Contracts;

namespace Alga.Extensions.Registry.Install;

/// <summary>A grant is part of what the manifest declares; anything else is an error that names it, never dropped in silence.</summary>
public static class GrantRules
{
    /// <summary>Gives the grants sorted and without repetition, or the refusal.</summary>
    /// <param name="grants">What the admin wrote.</param>
    /// <param name="asked">What the manifest declares.</param>
    public static Outcome<InstallGrants> Check(InstallGrants grants, InstallGrants asked)
    {
        if (HasNull(grants.Capabilities) || HasNull(grants.Egress)) return Refused("A capability or egress host is null; write texts.");
        foreach (var capability in grants.Capabilities)
        {
            if (!Capability.All.Contains(capability)) return Refused($"Capability {Quote(capability)} does not exist; there are {List(Capability.All)}.");
            if (!asked.Capabilities.Contains(capability)) return Refused($"Capability {capability} is not one that this version asks for; it asks for {List(asked.Capabilities)}.");
        }

        foreach (var host in grants.Egress)
        {
            if (!asked.Egress.Contains(host)) return Refused($"Egress host {Quote(host)} is not one that this version asks for; it asks for {List(asked.Egress)}.");
        }

        return InstallGrants.Sorted(grants.Capabilities, grants.Egress);
    }

    /// <summary>JSON puts null into lists whose items are never null.</summary>
    private static bool HasNull(IReadOnlyList<string?> texts) => texts.Contains(null);

    private static Refusal Refused(string message) => new(ErrorCode.InvalidRequest, message);

    private static string Quote(string text) => $"'{(text.Length <= 128 ? text : text[..128])}'";

    private static string List(IEnumerable<string> values)
    {
        var sorted = values.Order(StringComparer.Ordinal).ToList();
        return sorted.Count == 0 ? "none" : string.Join(", ", sorted);
    }
}
