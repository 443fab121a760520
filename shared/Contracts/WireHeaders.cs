namespace Alga.Extensions.Contracts;

/// <summary>Header names of the platform's own.</summary>
public static class WireHeaders
{
    /// <summary>UUIDv7 of the request; on every answer.</summary>
    public const string RequestId = "x-request-id";
}
