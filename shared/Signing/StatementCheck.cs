using Alga.Extensions.Contracts;

namespace Alga.Extensions.Signing;

/// <summary>Compares what was signed with what is there, field by field. To be done at every publish, install and load.</summary>
public static class StatementCheck
{
    /// <summary>Refuses when any field differs, naming the first one; null when all are the same.</summary>
    /// <param name="signed">From <see cref="EnvelopeVerifier"/>.</param>
    /// <param name="actual">Made anew from the bundle, its manifest and what is being asked for.</param>
    public static Refusal? FindDifference(BundleStatement signed, BundleStatement actual)
    {
        if (Differs("schema", signed.Schema, actual.Schema) is { } schema) return schema;
        if (Differs("registry", signed.Registry, actual.Registry) is { } registry) return registry;
        if (Differs("publisher", signed.Publisher, actual.Publisher) is { } publisher) return publisher;
        if (Differs("extension", signed.Extension, actual.Extension) is { } extension) return extension;
        if (Differs("version", signed.Version, actual.Version) is { } version) return version;
        if (Differs("bundle.sha256", signed.Bundle.Sha256, actual.Bundle.Sha256) is { } hash) return hash;
        if (signed.Bundle.SizeBytes != actual.Bundle.SizeBytes) return Refuse("bundle.sizeBytes", $"{signed.Bundle.SizeBytes}", $"{actual.Bundle.SizeBytes}");
        if (!signed.Files.SequenceEqual(actual.Files)) return RefuseList("files", FirstFile(signed.Files, actual.Files));
        if (!signed.Capabilities.SequenceEqual(actual.Capabilities, StringComparer.Ordinal))
            return Refuse("capabilities", string.Join(", ", signed.Capabilities), string.Join(", ", actual.Capabilities));
        return null;
    }

    private static Refusal? Differs(string field, string signed, string actual) =>
        string.Equals(signed, actual, StringComparison.Ordinal) ? null : Refuse(field, signed, actual);

    private static Refusal Refuse(string field, string signed, string actual) =>
        SigningRefusal.Of($"The signature is for another {field}: it says '{Printable.Of(signed)}', this is '{Printable.Of(actual)}'. The publisher must sign this very bundle.");

    private static Refusal RefuseList(string field, string? first) =>
        SigningRefusal.Of($"The signature is for other {field}{(first is null ? "" : $", the first being '{Printable.Of(first)}'")}. The publisher must sign this very bundle.");

    private static string? FirstFile(IReadOnlyList<SignedFile> signed, IReadOnlyList<SignedFile> actual)
    {
        for (var index = 0; index < Math.Min(signed.Count, actual.Count); index++)
        {
            if (signed[index] != actual[index]) return actual[index].Path;
        }

        return actual.Count > signed.Count ? actual[signed.Count].Path : signed.Count > actual.Count ? signed[actual.Count].Path : null;
    }
}
