using System.Net.Sockets;
using System.Security.Authentication;
using Alga.Extensions.Runner.Engine;

namespace Alga.Extensions.Runner.HostApis;

/// <summary>
/// What a failed exchange is called. The guest learns the kind of failure and nothing of exceptions, whose text may hold
/// addresses inside our network. Null is a fault of ours.
/// </summary>
internal static class FetchFaults
{
    public static HostError<HttpErrorKind>? Describe(Exception exception, string host)
    {
        if (Find<EgressRefusedException>(exception)) return new(HttpErrorKind.Denied, $"{host} has an address that is not on the public internet. No grant opens such hosts; give it public addresses only.");
        if (Find<HttpRequestException>(exception, request => request.HttpRequestError == HttpRequestError.ConfigurationLimitExceeded))
        {
            return new(HttpErrorKind.TooLarge, $"The answer of {host} has more than {FetchLimits.MaxResponseHeaderKb} KiB of headers.");
        }

        if (exception is OperationCanceledException) return new(HttpErrorKind.Timeout, $"No connection to {host} within {FetchLimits.ConnectTime.TotalSeconds:0} s.");
        if (exception is HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError }) return Unreachable($"{host} has no address.");
        if (Find<AuthenticationException>(exception)) return Unreachable($"{host} has no certificate that is trusted and names it.");
        if (Find<SocketException>(exception, socket => socket.SocketErrorCode is SocketError.HostNotFound or SocketError.TryAgain or SocketError.NoData)) return Unreachable($"{host} has no address.");
        return exception is HttpRequestException or IOException or SocketException
            ? Unreachable($"{host} cannot be reached, or broke off.")
            : null;
    }

    private static HostError<HttpErrorKind> Unreachable(string message) => new(HttpErrorKind.Unreachable, message);

    private static bool Find<T>(Exception? exception, Func<T, bool>? matches = null)
        where T : Exception
    {
        for (; exception is not null; exception = exception.InnerException)
        {
            if (exception is T found && (matches is null || matches(found))) return true;
        }

        return false;
    }
}
