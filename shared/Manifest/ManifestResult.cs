using System.Diagnostics.CodeAnalysis;
using Alga.Extensions.Contracts;

namespace Alga.Extensions.Manifest;

/// <summary>A manifest, or everything that is wrong with it.</summary>
public sealed class ManifestResult
{
    internal ManifestResult(ExtensionManifest? manifest, IReadOnlyList<ManifestFault> faults)
    {
        Manifest = manifest;
        Faults = faults;
    }

    /// <summary>The manifest; null when there are faults.</summary>
    public ExtensionManifest? Manifest { get; }

    /// <summary>All faults, in the order of the rules; empty when there is a manifest.</summary>
    public IReadOnlyList<ManifestFault> Faults { get; }

    /// <summary>Whether there is a manifest.</summary>
    [MemberNotNullWhen(true, nameof(Manifest))]
    public bool IsValid => Manifest is not null;

    /// <summary>The faults as one refusal, each on a line of its own.</summary>
    /// <exception cref="InvalidOperationException">The manifest is valid.</exception>
    public Refusal ToRefusal() =>
        IsValid
            ? throw new InvalidOperationException("A valid manifest is not refused.")
            : new(ErrorCode.ManifestInvalid, $"The manifest has {Faults.Count} fault(s).\n{string.Join('\n', Faults)}");
}
