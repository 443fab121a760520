using System.Globalization;
using System.Text.RegularExpressions;
using Npgsql;

namespace Alga.Extensions.Database;

/// <summary>
/// Reads <c>DATABASE_URL</c>: either <c>postgres://user:password@host:port/database?sslmode=...</c> (also <c>postgresql://</c>),
/// every part percent-decoded, or a list of Npgsql keywords such as <c>Host=...;Username=...</c>.
/// </summary>
public static partial class DatabaseUrl
{
    private const int DefaultPort = 5432;

    private static readonly Dictionary<string, Action<NpgsqlConnectionStringBuilder, string>> Parameters = new(StringComparer.Ordinal)
    {
        ["sslmode"] = (builder, value) => builder.SslMode = ParseSslMode(value),
        ["sslrootcert"] = (builder, value) => builder.RootCertificate = value,
        ["application_name"] = (builder, value) => builder.ApplicationName = value,
        ["connect_timeout"] = (builder, value) => builder.Timeout = ParseSeconds("connect_timeout", value),
    };

    /// <summary>Gives the Npgsql connection string.</summary>
    /// <exception cref="FormatException">The text is no database URL; the message says what to change and never holds the password.</exception>
    public static string Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var isUrl = text.StartsWith("postgres://", StringComparison.Ordinal) || text.StartsWith("postgresql://", StringComparison.Ordinal);
        var builder = isUrl ? FromUrl(text) : FromKeywords(text);
        if (string.IsNullOrEmpty(builder.Host)) throw new FormatException("No host is given; write postgres://user:password@host:port/database.");
        if (string.IsNullOrEmpty(builder.Database)) throw new FormatException("No database is given; write its name after the host: postgres://user:password@host:port/database.");
        if (string.IsNullOrEmpty(builder.Username)) throw new FormatException("No user is given; write postgres://user:password@host:port/database.");
        return builder.ConnectionString;
    }

    private static NpgsqlConnectionStringBuilder FromKeywords(string text)
    {
        try
        {
            return new NpgsqlConnectionStringBuilder(text);
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or KeyNotFoundException or OverflowException)
        {
            // The reason may quote a value, and a value may be the password.
            throw new FormatException(
                "Neither a URL (postgres://user:password@host:port/database) nor Npgsql keywords (Host=...;Database=...;Username=...;Password=...).");
        }
    }

    private static NpgsqlConnectionStringBuilder FromUrl(string text)
    {
        // Looked for here because Uri turns a stray % into %25.
        if (BrokenEscape().IsMatch(text))
        {
            throw new FormatException("The URL holds a % that is not followed by two hex digits; write a literal % as %25.");
        }

        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Fragment.Length > 0)
        {
            throw new FormatException("The URL does not parse; percent-encode @ : / ? # % in user and password.");
        }

        var userInfo = uri.UserInfo.Split(':', 2);
        var builder = new NpgsqlConnectionStringBuilder
        {
            Host = uri.Host.Trim('[', ']'),
            Port = uri.Port > 0 ? uri.Port : DefaultPort,
            Database = Uri.UnescapeDataString(uri.AbsolutePath.TrimStart('/')),
            Username = Uri.UnescapeDataString(userInfo[0]),
        };
        if (userInfo.Length == 2) builder.Password = Uri.UnescapeDataString(userInfo[1]);
        foreach (var pair in uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries)) Apply(builder, pair);
        return builder;
    }

    private static void Apply(NpgsqlConnectionStringBuilder builder, string pair)
    {
        var parts = pair.Split('=', 2);
        var name = Uri.UnescapeDataString(parts[0]);
        if (parts.Length != 2 || !Parameters.TryGetValue(name, out var apply))
        {
            throw new FormatException($"Parameter '{name}' is not known; use {string.Join(", ", Parameters.Keys)}, or Npgsql keywords instead of a URL.");
        }

        apply(builder, Uri.UnescapeDataString(parts[1]));
    }

    private static SslMode ParseSslMode(string value) => value switch
    {
        "disable" => SslMode.Disable,
        "allow" => SslMode.Allow,
        "prefer" => SslMode.Prefer,
        "require" => SslMode.Require,
        "verify-ca" => SslMode.VerifyCA,
        "verify-full" => SslMode.VerifyFull,
        _ => throw new FormatException("sslmode is one of disable, allow, prefer, require, verify-ca, verify-full."),
    };

    private static int ParseSeconds(string name, string value) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds is > 0 and <= 300
            ? seconds
            : throw new FormatException($"{name} is a number of seconds from 1 to 300.");

    [GeneratedRegex("%(?![0-9A-Fa-f]{2})")]
    private static partial Regex BrokenEscape();
}
