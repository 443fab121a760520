using System.Collections.Frozen;
using Alga.Extensions.Contracts;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols;

namespace Alga.Extensions.Authentication;

/// <summary>Accepts bearer tokens (RFC 9068 or plain JWT) of the configured issuers.</summary>
internal sealed class CallerAuthenticator : ICallerAuthenticator, IDisposable
{
    private const string Scheme = "Bearer ";

    private readonly JsonWebTokenHandler handler = new() { MaximumTokenSizeInBytes = AuthenticationOptions.MaxTokenLength };
    private readonly FrozenDictionary<string, IssuerKeys> issuers;
    private readonly VerifiedTokens verified;
    private readonly AuthenticationOptions options;
    private readonly TimeProvider time;
    private readonly ILogger logger;
    private readonly HttpClient client;

    public CallerAuthenticator(AuthenticationOptions options, TimeProvider time, ILogger<CallerAuthenticator> logger)
    {
        this.options = options;
        this.time = time;
        this.logger = logger;
        verified = new VerifiedTokens(time);
        client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) })
        {
            Timeout = TimeSpan.FromSeconds(5),
            MaxResponseContentBufferSize = 1024 * 1024,
        };
        issuers = options.Issuers.ToFrozenDictionary(issuer => issuer, Keys, StringComparer.Ordinal);
    }

    public async ValueTask<Outcome<Caller>> AuthenticateAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var header = request.Headers.Authorization;
        if (header.Count == 0) return Refuse("Send an access token: Authorization: Bearer <token>.");
        if (header is not [{ } value] || !value.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)) return Refuse("The Authorization header is not one Bearer token.");

        if (Trimmed(value).Length > AuthenticationOptions.MaxTokenLength) return Refuse("The token is too long.");
        if (verified.Find(Trimmed(value)) is { } again)
        {
            var (_, current) = await again.Keys.FindAsync(again.KeyId, cancellationToken);
            if (ReferenceEquals(current, again.Key)) return again.Caller;
        }

        return await VerifyAsync(Trimmed(value).ToString(), cancellationToken);
    }

    public void Dispose()
    {
        foreach (var keys in issuers.Values) keys.Dispose();
        client.Dispose();
    }

    private async ValueTask<Outcome<Caller>> VerifyAsync(string text, CancellationToken cancellationToken)
    {
        if (Parse(text) is not { } token) return Refuse("The token is not a signed JWT.");
        if (!TokenForm.IsUnambiguous(token)) return Refuse("The token has a member twice, a time that is no number, or demands extensions that are not understood.");
        if (!issuers.TryGetValue(token.Issuer, out var keys)) return Refuse("The token's issuer is not accepted here.");
        if (!TokenRules.Algorithms.Contains(token.Alg)) return Refuse("The token's algorithm is not accepted here.");
        if (string.IsNullOrEmpty(token.Kid)) return Refuse("The token names no key.");

        var (known, key) = await keys.FindAsync(token.Kid, cancellationToken);
        if (!known) return new Refusal(ErrorCode.Overloaded, "The issuer's keys cannot be fetched now; try again.");
        if (key is null) return Refuse("The token's key is not one of the issuer's.");

        var result = await handler.ValidateTokenAsync(token, TokenRules.For(token.Issuer, options.Audience, key, time));
        if (result.IsValid)
        {
            var read = CallerReader.Read(token);
            if (read.TryGet(out var caller, out _))
            {
                verified.Add(text, new VerifiedToken(caller, keys, token.Kid, key, token.ValidTo + AuthenticationOptions.ClockSkew));
            }

            return read;
        }

        Log.TokenRefused(logger, token.Issuer, result.Exception.GetType().Name);
        return Refuse(TokenRules.Describe(result.Exception));
    }

    private IssuerKeys Keys(string issuer) =>
        new(issuer, new HttpDocumentRetriever(client) { RequireHttps = !issuer.StartsWith("http://", StringComparison.OrdinalIgnoreCase) }, time, logger);

    private JsonWebToken? Parse(string text)
    {
        // Three parts: an encrypted token (five) is not for us.
        if (!handler.CanReadToken(text) || text.Count(character => character == '.') != 2) return null;
        try
        {
            return handler.ReadJsonWebToken(text);
        }
        catch (ArgumentException)
        {
            // Also SecurityTokenMalformedException: whatever it says is about the caller's text.
            return null;
        }
    }

    private static ReadOnlySpan<char> Trimmed(string header) => header.AsSpan(Scheme.Length).Trim(' ');

    private static Refusal Refuse(string message) => new(ErrorCode.Unauthenticated, message);
}
