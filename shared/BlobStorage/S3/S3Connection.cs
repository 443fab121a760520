using System.Net;

namespace Alga.Extensions.BlobStorage;

/// <summary>
/// Where a bucket is. As text, <c>Name=value</c> pairs separated by <c>;</c>, names in any case:
/// <list type="bullet">
/// <item><c>Bucket</c>, required: the bucket, which must exist.</item>
/// <item><c>Region</c>: the region that requests are signed for, such as <c>eu-central-1</c>; required without <c>Endpoint</c>, else <c>us-east-1</c>.</item>
/// <item><c>Endpoint</c>: URL of another server than AWS; http only on a loopback address, or with <c>AllowHttp=true</c>.</item>
/// <item><c>PathStyle</c>: <c>true</c> for <c>endpoint/bucket/key</c>, <c>false</c> for <c>bucket.endpoint/key</c>; <c>true</c> with <c>Endpoint</c>, else <c>false</c>.</item>
/// <item><c>AccessKeyId</c>, <c>SecretAccessKey</c> and, for temporary ones, <c>SessionToken</c>; without them the default chain of the AWS SDK is used:
/// environment, profile, web identity, container, instance.</item>
/// </list>
/// </summary>
internal sealed record S3Connection
{
    private const string Example = "such as Bucket=extension-bundles;Region=eu-central-1";
    private const string DefaultRegion = "us-east-1";

    private static readonly string[] Names =
        ["Bucket", "Region", "Endpoint", "PathStyle", "AllowHttp", "AccessKeyId", "SecretAccessKey", "SessionToken"];

    public required string Bucket { get; init; }

    public required string Region { get; init; }

    /// <summary>Null for AWS.</summary>
    public Uri? Endpoint { get; init; }

    public bool PathStyle { get; init; }

    /// <summary>Null for the default chain of the AWS SDK.</summary>
    public string? AccessKeyId { get; init; }

    public string? SecretAccessKey { get; init; }

    public string? SessionToken { get; init; }

    /// <summary>Reads the text.</summary>
    /// <exception cref="FormatException">Lists what is wrong.</exception>
    public static S3Connection Parse(string text)
    {
        var faults = new List<string>();
        var connection = Read(text, faults);
        return faults.Count == 0 ? connection : throw new FormatException(string.Join("; ", faults));
    }

    /// <summary>Everything that is wrong with the text, without quoting a value of it.</summary>
    public static IReadOnlyList<string> FindFaults(string text)
    {
        var faults = new List<string>();
        Read(text, faults);
        return faults;
    }

    /// <summary>Without secrets, because records are easily logged.</summary>
    public override string ToString() => $"{Endpoint?.ToString() ?? "AWS"} {Region} {Bucket}";

    private static S3Connection Read(string text, List<string> faults)
    {
        var values = Split(text, faults);
        var endpoint = ReadEndpoint(values.GetValueOrDefault("Endpoint"), ReadFlag(values, "AllowHttp", false, faults), faults);
        var region = values.GetValueOrDefault("Region");
        if (text.Trim().Length == 0) faults.Add($"is missing; write the bucket and where it is, {Example}");
        else if (!IsBucket(values.GetValueOrDefault("Bucket"))) faults.Add("has no Bucket, or one that is not 3 to 63 lower-case letters, digits, dots and hyphens");
        if (region is not null && !IsRegion(region)) faults.Add("has a Region that is not letters, digits and hyphens, such as eu-central-1");
        else if (region is null && !values.ContainsKey("Endpoint") && text.Trim().Length > 0) faults.Add("has neither Region nor Endpoint; write Region for AWS, Endpoint for another server");
        var (id, secret) = (values.GetValueOrDefault("AccessKeyId"), values.GetValueOrDefault("SecretAccessKey"));
        if (id is null != secret is null) faults.Add("has only one of AccessKeyId and SecretAccessKey; write both, or neither to use the credentials of the environment");
        if (id is null && values.ContainsKey("SessionToken")) faults.Add("has a SessionToken without AccessKeyId and SecretAccessKey");
        return new S3Connection
        {
            Bucket = values.GetValueOrDefault("Bucket", ""),
            Region = region ?? DefaultRegion,
            Endpoint = endpoint,
            PathStyle = ReadFlag(values, "PathStyle", endpoint is not null, faults),
            AccessKeyId = id,
            SecretAccessKey = secret,
            SessionToken = values.GetValueOrDefault("SessionToken"),
        };
    }

    private static Dictionary<string, string> Split(string text, List<string> faults)
    {
        var values = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var pair in text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            // Only the first: secrets can hold others.
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            var name = Names.FirstOrDefault(known => equals > 0 && known.Equals(pair[..equals].Trim(), StringComparison.OrdinalIgnoreCase));
            // A part without a known name may be a piece of a secret, so it is not shown.
            if (name is null) faults.Add($"has a part that is not one of {string.Join(", ", Names)} with = and a value");
            else if (pair[(equals + 1)..].Trim() is not { Length: > 0 } value) faults.Add($"has an empty {name}; remove it or write a value");
            else if (!values.TryAdd(name, value)) faults.Add($"has {name} twice");
        }

        return values;
    }

    private static Uri? ReadEndpoint(string? text, bool allowHttp, List<string> faults)
    {
        if (text is null) return null;
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url)
            || (url.Scheme != Uri.UriSchemeHttps && url.Scheme != Uri.UriSchemeHttp)
            || url.UserInfo.Length > 0 || url.PathAndQuery != "/" || url.Fragment.Length > 0)
        {
            faults.Add("has an Endpoint that is not an https URL of a host alone, such as https://s3.example.com");
            return null;
        }

        if (url.Scheme == Uri.UriSchemeHttp && !allowHttp && !IsLoopback(url))
            faults.Add("has an Endpoint with http, which shows bundles to the network; write https, or AllowHttp=true where the network is your own");
        return url;
    }

    private static bool ReadFlag(Dictionary<string, string> values, string name, bool fallback, List<string> faults)
    {
        if (!values.TryGetValue(name, out var text)) return fallback;
        if (text is "true" or "false") return text == "true";
        faults.Add($"has a {name} other than true and false");
        return fallback;
    }

    private static bool IsLoopback(Uri url) => url.Host == "localhost" || (IPAddress.TryParse(url.Host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));

    private static bool IsBucket(string? name) =>
        name is { Length: >= 3 and <= 63 } && name.All(character => char.IsAsciiLetterLower(character) || char.IsAsciiDigit(character) || character is '.' or '-');

    private static bool IsRegion(string name) => name.Length <= 64 && name.All(character => char.IsAsciiLetterOrDigit(character) || character == '-');
}
