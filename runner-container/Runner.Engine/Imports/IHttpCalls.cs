namespace Alga.Extensions.Runner.Engine;

/// <summary>Interface <c>http</c>.</summary>
public interface IHttpCalls
{
    HostResult<IncomingResponse, HttpErrorKind> Fetch(OutgoingRequest request);
}

/// <summary>Record <c>outgoing</c>.</summary>
public sealed record OutgoingRequest(
    string Method, string Url, IReadOnlyList<KeyValuePair<string, string>> Headers, GuestBody Body, uint? TimeoutMs);

/// <summary>Record <c>incoming</c>.</summary>
public sealed record IncomingResponse(int Status, IReadOnlyList<KeyValuePair<string, string>> Headers, GuestBody Body);

/// <summary>Cases of variant <c>error</c>.</summary>
public enum HttpErrorKind
{
    Denied = 0,
    Invalid,
    Timeout,
    TooLarge,
    Unreachable,
}
