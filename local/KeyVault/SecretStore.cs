using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.RegularExpressions;
using Alga.Extensions.Services;

namespace Alga.Extensions.KeyVault;

/// <summary>The secrets: a file for each, readable by its owner only, with all versions from the oldest to the newest.</summary>
public sealed partial class SecretStore(string folder)
{
    private readonly Lock gate = new();

    /// <summary>Whether a name has Key Vault's form: 1 to 127 letters, digits and hyphens. Only such a name becomes a file's.</summary>
    public static bool IsName([NotNullWhen(true)] string? name) => name is not null && Pattern().IsMatch(name);

    /// <summary>Adds a version.</summary>
    public void Add(string name, SecretVersion version)
    {
        lock (gate)
        {
            List<SecretVersion> versions = [.. Read(name), version];
            SecretFile.Write(FileOf(name), JsonSerializer.Serialize(versions, VaultJson.Default.ListSecretVersion));
        }
    }

    /// <summary>All versions, oldest first; none when there is no such secret.</summary>
    public IReadOnlyList<SecretVersion> Versions(string name)
    {
        lock (gate) return Read(name);
    }

    /// <summary>One version, the newest when none is named; null when there is no such thing.</summary>
    public SecretVersion? Find(string name, string? version)
    {
        var versions = Versions(name);
        if (version is not null) return versions.FirstOrDefault(item => item.Version == version);
        return versions.Count == 0 ? null : versions[^1];
    }

    /// <summary>Names of all secrets, sorted.</summary>
    public IReadOnlyList<string> Names() =>
        Directory.Exists(folder)
            ? [.. Directory.EnumerateFiles(folder, "*.json").Select(file => Path.GetFileNameWithoutExtension(file)!).Order(StringComparer.Ordinal)]
            : [];

    private List<SecretVersion> Read(string name)
    {
        var file = FileOf(name);
        return File.Exists(file) ? JsonSerializer.Deserialize(File.ReadAllText(file), VaultJson.Default.ListSecretVersion) ?? [] : [];
    }

    /// <summary>Names ignore case in Key Vault.</summary>
    private string FileOf(string name) =>
        IsName(name) ? Path.Combine(folder, name.ToLowerInvariant() + ".json") : throw new ArgumentException("No secret's name.", nameof(name));

    [GeneratedRegex(@"\A[0-9A-Za-z-]{1,127}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
