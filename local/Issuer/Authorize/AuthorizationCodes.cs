using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace Alga.Extensions.Issuer.Authorize;

/// <summary>Codes between a sign-in and its token: random, good once, for a minute, in memory only.</summary>
public sealed class AuthorizationCodes(TimeProvider time)
{
    /// <summary>How long a code is good for.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, Issued> issued = new(StringComparer.Ordinal);

    /// <summary>Makes a code for somebody who has signed in.</summary>
    public string Issue(AuthorizeRequest request, DemoUser user)
    {
        var now = time.GetUtcNow();
        foreach (var (old, entry) in issued)
        {
            if (entry.Until <= now) issued.TryRemove(old, out _);
        }

        var code = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        issued[code] = new Issued(request, user, now + Lifetime);
        return code;
    }

    /// <summary>
    /// Takes a code; whether it fits or not, it is of no use afterwards. Null for a code that was not issued, was taken, has expired, or
    /// belongs to another page or verifier.
    /// </summary>
    public SignedIn? Take(string code, string redirectUri, string verifier)
    {
        if (!issued.TryRemove(code, out var entry) || entry.Until <= time.GetUtcNow()) return null;
        if (entry.Request.RedirectUri != redirectUri || !Fits(entry.Request.CodeChallenge, verifier)) return null;
        return new SignedIn(entry.User, entry.Request);
    }

    private static bool Fits(string challenge, string verifier) => CryptographicOperations.FixedTimeEquals(
        Encoding.ASCII.GetBytes(challenge), Encoding.ASCII.GetBytes(Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(verifier)))));

    private sealed record Issued(AuthorizeRequest Request, DemoUser User, DateTimeOffset Until);
}

/// <summary>Who has signed in, and for what request.</summary>
public sealed record SignedIn(DemoUser User, AuthorizeRequest Request);
