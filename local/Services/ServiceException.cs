namespace Alga.Extensions.Services;

/// <summary>A development service could not be started or has failed. The message is for a person and complete.</summary>
public sealed class ServiceException(string message, Exception? inner = null) : Exception(message, inner);
