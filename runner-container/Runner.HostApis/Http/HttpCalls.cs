using System.Text;
using Alga.Extensions.Contracts;
using Alga.Extensions.Runner.Engine;
using Microsoft.Extensions.Logging;

namespace Alga.Extensions.Runner.HostApis;

/// <summary>Interface <c>http</c>: capability <c>http.fetch</c>, and then only the hosts that were granted.</summary>
internal sealed class HttpCalls(
    InvocationContext context, InvocationDeadline deadline, Egress egress, SecretsCalls secrets, ILogger logger) : IHttpCalls
{
    private readonly KnownSecrets injected = new();
    private int requests;

    /// <summary>Bytes that this invocation sent and received: messages as HTTP/1.1 would write them, without TLS.</summary>
    public long EgressBytes { get; private set; }

    public HostResult<IncomingResponse, HttpErrorKind> Fetch(OutgoingRequest request)
    {
        if (context.FindDenial(Capability.HttpFetch) is { } denial) return Denied(denial);
        if (++requests > FetchLimits.MaxRequests) return new HostError<HttpErrorKind>(HttpErrorKind.Invalid, $"An invocation makes at most {FetchLimits.MaxRequests} requests.");
        try
        {
            return Run(FetchMessage.Read(request), request.TimeoutMs);
        }
        catch (FetchException exception)
        {
            return exception.Error.Kind == HttpErrorKind.Denied ? Denied(exception.Error.Message) : exception.Error;
        }
    }

    private HostError<HttpErrorKind> Denied(string reason)
    {
        HostApis.Log.Denied(logger, context.RequestId, context.ExtensionId, reason);
        return new HostError<HttpErrorKind>(HttpErrorKind.Denied, reason);
    }

    private HostResult<IncomingResponse, HttpErrorKind> Run(FetchMessage message, uint? timeoutMs)
    {
        if (egress.Policy.FindDenial(context.Egress, message.Url.Host) is { } refused) return Denied(refused);
        var wanted = timeoutMs is { } ms ? TimeSpan.FromMilliseconds(ms) : FetchLimits.DefaultTime;
        var time = deadline.Left < wanted ? deadline.Left : wanted;
        if (time <= TimeSpan.Zero) return TimedOut(message.Url.Host, time);
        if (!egress.Slots.TryEnter(context.TenantId))
        {
            return new HostError<HttpErrorKind>(HttpErrorKind.Unreachable, $"This tenant has {FetchLimits.MaxConcurrentPerTenant} requests under way already. Try again.");
        }

        try
        {
            message = Fill(message);
            using var lease = egress.Pool.Rent(context.TenantId, context.InstallId);
            using var timeout = new CancellationTokenSource(time);
            // This thread has nothing else to do, and the transport's own threads finish what it waits for.
            return FollowAsync(lease.Transport, message, time, timeout.Token).GetAwaiter().GetResult();
        }
        finally
        {
            egress.Slots.Leave(context.TenantId);
        }
    }

    private async Task<HostResult<IncomingResponse, HttpErrorKind>> FollowAsync(
        EgressTransport transport, FetchMessage message, TimeSpan time, CancellationToken cancellationToken)
    {
        for (var redirects = 0; ; redirects++)
        {
            try
            {
                var (answer, next) = await SendAsync(transport, message, cancellationToken).ConfigureAwait(false);
                if (answer is not null) return answer;
                if (redirects == FetchLimits.MaxRedirects) return new HostError<HttpErrorKind>(HttpErrorKind.Unreachable, $"More than {FetchLimits.MaxRedirects} redirects.");
                message = next!;
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return TimedOut(message.Url.Host, time);
            }
            catch (Exception exception) when (FetchFaults.Describe(exception, message.Url.Host) is { } error)
            {
                // The kind alone: an exception's text may hold addresses, and a URL may hold anything.
                HostApis.Log.FetchFailed(logger, context.RequestId, context.ExtensionId, message.Url.Host, error.Kind);
                return error;
            }
        }
    }

    /// <summary>Sends a message; gives the answer, or the message that a redirect asks for.</summary>
    private async Task<(IncomingResponse? Answer, FetchMessage? Next)> SendAsync(
        EgressTransport transport, FetchMessage message, CancellationToken cancellationToken)
    {
        using var request = message.ToRequest(out var size);
        EgressBytes += size;
        using var firstByte = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        firstByte.CancelAfter(FetchLimits.FirstByteTime);
        using var response = await SendAsync(transport, request, message.Url.Host, firstByte, cancellationToken).ConfigureAwait(false);
        var received = Headers(response, message.Url.Host);
        if (FindRedirect(response, message) is { } next) return (null, next);
        var (body, isDecoded) = await ResponseBody.ReadAsync(response, bytes => EgressBytes += bytes, cancellationToken).ConfigureAwait(false);
        return (Redact(new IncomingResponse((int)response.StatusCode, Passing(received, isDecoded), body)), null);
    }

    private static async Task<HttpResponseMessage> SendAsync(
        EgressTransport transport, HttpRequestMessage request, string host, CancellationTokenSource firstByte, CancellationToken cancellationToken)
    {
        try
        {
            return await transport.SendAsync(request, firstByte.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (firstByte.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new FetchException(HttpErrorKind.Timeout, $"{host} did not begin to answer within {FetchLimits.FirstByteTime.TotalSeconds:0} s.");
        }
    }

    /// <summary>Reads the answer's headers, in order of arrival as far as the transport keeps it, and counts them.</summary>
    private List<KeyValuePair<string, string>> Headers(HttpResponseMessage response, string host)
    {
        var all = new List<KeyValuePair<string, string>>();
        EgressBytes += 17 + (response.ReasonPhrase?.Length ?? 0);
        foreach (var (name, values) in response.Headers.NonValidated.Concat(response.Content.Headers.NonValidated))
        {
            foreach (var value in values)
            {
                EgressBytes += name.Length + value.Length + 4;
                all.Add(new(name.ToLowerInvariant(), value));
            }
        }

        return all.Count <= FetchLimits.MaxResponseHeaders
            ? all
            : throw new FetchException(HttpErrorKind.TooLarge, $"The answer of {host} has more than {FetchLimits.MaxResponseHeaders} headers.");
    }

    private static KeyValuePair<string, string>[] Passing(List<KeyValuePair<string, string>> headers, bool isDecoded) =>
        [.. headers.Where(header => FetchHeaders.Passes(header.Key) && !(isDecoded && header.Key is "content-encoding" or "content-length"))];

    /// <summary>The message to send next, or null when this is the answer.</summary>
    private FetchMessage? FindRedirect(HttpResponseMessage response, FetchMessage message)
    {
        var status = (int)response.StatusCode;
        if (status is not (301 or 302 or 303 or 307 or 308) || !response.Headers.NonValidated.TryGetValues("Location", out var locations) || locations.Count != 1) return null;
        var (url, fault) = FetchUrl.Resolve(message.Url, locations.ToString());
        if (url is null) throw new FetchException(HttpErrorKind.Denied, $"{message.Url.Host} redirects to where extensions do not go. {fault}");
        if (egress.Policy.FindDenial(context.Egress, url.Host) is { } denial) throw new FetchException(HttpErrorKind.Denied, $"{message.Url.Host} redirects to {url.Host}. {denial}");
        return message.Follow(status, url);
    }

    /// <summary>
    /// Puts secrets into headers. The host was found to be granted, and another origin gets no headers at all. A template is shorter than what
    /// it stands for, so what goes out is measured anew.
    /// </summary>
    private FetchMessage Fill(FetchMessage message)
    {
        if (!message.Headers.Any(header => SecretTemplate.IsIn(header.Value))) return message;
        var filled = new List<KeyValuePair<string, string>>(message.Headers.Count);
        var size = 0;
        foreach (var (name, value) in message.Headers)
        {
            filled.Add(new(name, Fill(name, value)));
            size += name.Length + filled[^1].Value.Length;
            if (size > FetchLimits.MaxFilledHeaderBytes) throw SecretTemplate.TooLarge();
        }

        return message with { Headers = filled };
    }

    private string Fill(string name, string value)
    {
        if (!SecretTemplate.IsIn(value)) return value;
        var filled = SecretTemplate.Fill(value, FindSecret);
        return FetchHeaders.FindValueFault(filled) is null
            ? filled
            : throw new FetchException(HttpErrorKind.Invalid, $"A secret in header {name} has line breaks, control characters or characters beyond ASCII, which a header cannot hold.");
    }

    private string FindSecret(string name)
    {
        if (secrets.Get(name).TryGet(out var value, out var error))
        {
            injected.Add(value);
            return value;
        }

        throw new FetchException(error.Kind switch
        {
            SecretsErrorKind.Denied => HttpErrorKind.Denied,
            SecretsErrorKind.Unavailable => HttpErrorKind.Unreachable,
            _ => HttpErrorKind.Invalid,
        }, error.Message);
    }

    /// <summary>A host that answers with what it was sent does not thereby show the guest a secret.</summary>
    private IncomingResponse Redact(IncomingResponse response)
    {
        if (injected.LongestForm == 0) return response;
        return response with
        {
            Headers = [.. response.Headers.Select(header => KeyValuePair.Create(header.Key, injected.Redact(header.Value)))],
            Body = response.Body.Text is { } text ? GuestBody.OfText(injected.Redact(text))
                : response.Body.Binary is { } bytes ? GuestBody.OfBinary(Encoding.Latin1.GetBytes(injected.Redact(Encoding.Latin1.GetString(bytes))))
                : default,
        };
    }

    private static HostError<HttpErrorKind> TimedOut(string host, TimeSpan time) =>
        new(HttpErrorKind.Timeout, $"{host} did not answer within {Math.Max(0, (long)time.TotalMilliseconds)} ms.");
}
