using Alga.Extensions.Contracts.Configuration;
using Alga.Extensions.Signing;
using Microsoft.Extensions.Configuration;

namespace Alga.Extensions.TrustedIndexes;

/// <summary>How indexes are trusted.</summary>
public sealed record TrustedIndexOptions
{
    public const string MaxAgeVariable = "EXT_INDEX_MAX_AGE_SECONDS";

    /// <summary>Default of <see cref="MaxAgeVariable"/>, in seconds.</summary>
    public const int DefaultMaxAgeSeconds = 900;

    /// <summary>Whose signatures count.</summary>
    public required TrustBundle Trust { get; init; }

    /// <summary>The registry that signs them.</summary>
    public string Registry { get; init; } = BundleStatement.DefaultRegistry;

    /// <summary>
    /// Whether an extension without any index is refused. The runner says yes, and it is the one that runs code. The gateway says
    /// no: it answers revocations early, and what it lets through the runner still refuses.
    /// </summary>
    public bool IsRequired { get; init; } = true;

    /// <summary>Folder for the highest index seen of each extension; null to remember only until the process ends.</summary>
    public string? Folder { get; init; }

    /// <summary>How long an index is relied on after the source last confirmed that it is the newest. Beyond it calls are refused.</summary>
    public TimeSpan MaxAge { get; init; } = TimeSpan.FromSeconds(DefaultMaxAgeSeconds);

    /// <summary>Reads <c>SIGNING_TRUST_BUNDLE</c> (required), <c>EXT_INDEX_MAX_AGE_SECONDS</c> (60 to 86,400) and <c>EXT_CACHE_ROOT</c>.</summary>
    /// <returns>The options; of use only when no fault was noted.</returns>
    public static TrustedIndexOptions Read(IConfiguration configuration, ConfigurationFaults faults, bool isRequired)
    {
        const string variable = "SIGNING_TRUST_BUNDLE";
        var text = faults.Required(variable, configuration[variable], "the path of the trust bundle, or its PEM text");
        TrustBundle? trust = null;
        if (text.Length > 0 && !TrustBundle.Load(text).TryGet(out trust, out var refusal)) faults.Add(variable, refusal.Message);
        var root = configuration["EXT_CACHE_ROOT"];
        return new TrustedIndexOptions
        {
            Trust = trust!,
            IsRequired = isRequired,
            Folder = string.IsNullOrWhiteSpace(root) ? null : Path.Combine(root, "indexes"),
            MaxAge = TimeSpan.FromSeconds(faults.Integer(MaxAgeVariable, configuration[MaxAgeVariable], DefaultMaxAgeSeconds, 60, 86_400)),
        };
    }
}
