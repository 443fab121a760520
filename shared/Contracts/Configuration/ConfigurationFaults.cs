using System.Globalization;

namespace Alga.Extensions.Contracts.Configuration;

/// <summary>
/// Collects what is wrong with the settings, so that start-up reports everything at once. Each reader returns a usable
/// value of its type even when it noted a fault: call <see cref="ThrowIfAny"/> before anything uses one.
/// Faults name the setting and never repeat its value, which may hold a secret.
/// </summary>
public sealed class ConfigurationFaults
{
    private readonly List<string> faults = [];

    /// <summary>What was found so far.</summary>
    public IReadOnlyList<string> All => faults;

    /// <summary>Notes a fault.</summary>
    /// <param name="name">The environment variable.</param>
    /// <param name="fault">What is wrong and what to write, as in <c>is missing; write the runner's URL</c>.</param>
    public void Add(string name, string fault) => faults.Add($"{name}: {fault}");

    /// <summary>A text that must be there.</summary>
    /// <param name="name">The environment variable.</param>
    /// <param name="value">Its value, null or blank when it is not set.</param>
    /// <param name="expected">What to write, as in <c>the runner's URL, such as http://127.0.0.1:7080</c>.</param>
    public string Required(string name, string? value, string expected)
    {
        if (!string.IsNullOrWhiteSpace(value)) return value.Trim();
        Add(name, $"is missing; write {expected}");
        return "";
    }

    /// <summary>A whole number between two bounds, both included.</summary>
    public int Integer(string name, string? value, int fallback, int minimum, int maximum)
    {
        if (string.IsNullOrWhiteSpace(value)) return fallback;
        if (int.TryParse(value.Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            && number >= minimum && number <= maximum) return number;
        Add(name, string.Create(CultureInfo.InvariantCulture, $"is not a whole number from {minimum} to {maximum}; write one, or remove it for {fallback}"));
        return fallback;
    }

    /// <summary>An absolute http or https URL that must be there, without user info, query or fragment.</summary>
    /// <param name="name">The environment variable.</param>
    /// <param name="value">Its value.</param>
    /// <param name="expected">What to write.</param>
    /// <returns>The URL, or a placeholder when a fault was noted.</returns>
    public Uri Url(string name, string? value, string expected)
    {
        var text = Required(name, value, expected);
        if (text.Length == 0) return Placeholder;
        if (Uri.TryCreate(text, UriKind.Absolute, out var url)
            && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps)
            && url.UserInfo.Length == 0 && url.Query.Length == 0 && url.Fragment.Length == 0) return url;
        Add(name, $"is not an http or https URL without user, query and fragment; write {expected}");
        return Placeholder;
    }

    /// <summary>Throws when anything was noted.</summary>
    /// <exception cref="ConfigurationException">Lists all faults.</exception>
    public void ThrowIfAny()
    {
        if (faults.Count > 0) throw new ConfigurationException([.. faults]);
    }

    private static readonly Uri Placeholder = new("http://placeholder.invalid/");
}
