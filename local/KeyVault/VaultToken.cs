using System.Security.Cryptography;
using System.Text;
using Alga.Extensions.Services;
using Microsoft.AspNetCore.Http;

namespace Alga.Extensions.KeyVault;

/// <summary>The one access token of the development vault, kept in its state folder: other users of this machine reach the port too.</summary>
public sealed class VaultToken
{
    /// <summary>File with the token in the vault's state folder.</summary>
    public const string FileName = "token";

    private readonly byte[] expected;
    private readonly string challenge;

    public VaultToken(VaultOptions options)
    {
        expected = Encoding.UTF8.GetBytes("Bearer " + SecretFile.ReadOrCreate(Path.Combine(options.StateFolder, FileName)));
        challenge = $"Bearer authorization=\"{options.Url}/development\", resource=\"https://vault.azure.net\"";
    }

    /// <summary>Answers 401 with Key Vault's challenge where the token is missing or another one; the client then asks its credential.</summary>
    public Task CheckAsync(HttpContext context, RequestDelegate next)
    {
        var given = Encoding.UTF8.GetBytes(context.Request.Headers.Authorization.ToString());
        if (CryptographicOperations.FixedTimeEquals(given, expected)) return next(context);
        context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        context.Response.Headers.WWWAuthenticate = challenge;
        return context.Response.WriteAsync("""{"error":{"code":"Unauthorized","message":"The request has no valid access token."}}""");
    }
}
