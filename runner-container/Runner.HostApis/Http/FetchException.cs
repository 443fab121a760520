using Alga.Extensions.Runner.Engine;

namespace Alga.Extensions.Runner.HostApis;

/// <summary>Ends a fetch with an error for the guest, from deep inside it; caught in one place.</summary>
internal sealed class FetchException(HttpErrorKind kind, string message) : Exception(message)
{
    public HostError<HttpErrorKind> Error { get; } = new(kind, message);
}
