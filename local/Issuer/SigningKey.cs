using System.Security.Cryptography;
using Alga.Extensions.Services;
using Microsoft.IdentityModel.Tokens;

namespace Alga.Extensions.Issuer;

/// <summary>The issuer's P-256 key, made at the first start and kept, so that tokens outlive a restart.</summary>
public sealed class SigningKey : IDisposable
{
    private readonly ECDsa key;

    private SigningKey(ECDsa key)
    {
        this.key = key;
        var security = new ECDsaSecurityKey(key);
        security.KeyId = Base64UrlEncoder.Encode(security.ComputeJwkThumbprint());
        Credentials = new SigningCredentials(security, SecurityAlgorithms.EcdsaSha256);
    }

    /// <summary>What tokens are signed with.</summary>
    public SigningCredentials Credentials { get; }

    /// <summary>The public half for the key set.</summary>
    public JsonWebKey PublicKey
    {
        get
        {
            var point = key.ExportParameters(includePrivateParameters: false).Q;
            return new JsonWebKey
            {
                Kty = "EC",
                Crv = "P-256",
                Use = "sig",
                Alg = SecurityAlgorithms.EcdsaSha256,
                Kid = Credentials.Key.KeyId,
                X = Base64UrlEncoder.Encode(point.X),
                Y = Base64UrlEncoder.Encode(point.Y),
            };
        }
    }

    public static SigningKey ReadOrCreate(string stateFolder)
    {
        var file = Path.Combine(stateFolder, "signing-key.pem");
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        if (File.Exists(file)) key.ImportFromPem(File.ReadAllText(file));
        else SecretFile.Write(file, key.ExportPkcs8PrivateKeyPem());
        return new SigningKey(key);
    }

    public void Dispose() => key.Dispose();
}
