namespace Alga.Extensions.Signing;

/// <summary>How a key signs. It follows from the key alone, never from a message.</summary>
public enum SignatureAlgorithm
{
    /// <summary>ECDSA on P-256 with SHA-256; 64 bytes, r and s side by side.</summary>
    ES256,

    /// <summary>ECDSA on P-384 with SHA-384; 96 bytes, r and s side by side.</summary>
    ES384,

    /// <summary>RSASSA-PSS with SHA-256 and a salt of 32 bytes; as many bytes as the modulus.</summary>
    PS256,
}
