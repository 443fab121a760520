using Alga.Extensions.Contracts;
using Alga.Extensions.Runner.Engine;

namespace Alga.Extensions.Runner.HostApis;

/// <summary>Interface <c>http</c>: capability <c>http.fetch</c>, which no install can be granted yet, so every call is denied.</summary>
internal sealed class HttpCalls : IHttpCalls
{
    public static readonly HttpCalls Instance = new();

    public HostResult<IncomingResponse, HttpErrorKind> Fetch(OutgoingRequest request) =>
        new HostError<HttpErrorKind>(HttpErrorKind.Denied, $"This platform does not grant capability {Capability.HttpFetch}: extensions cannot reach the network.");
}
