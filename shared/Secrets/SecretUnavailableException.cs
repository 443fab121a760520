namespace Alga.Extensions.Secrets;

/// <summary>A secret that the platform cannot work without is not there, not base64, or cannot be fetched. Names it, never its value.</summary>
public sealed class SecretUnavailableException(string message, Exception? innerException = null) : Exception(message, innerException);
