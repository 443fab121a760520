using Alga.Extensions.Authentication;
using Alga.Extensions.Contracts;
using Alga.Extensions.Contracts.Execution;
using Alga.Extensions.Gateway.Match;
using Alga.Extensions.Gateway.Resolve;
using Alga.Extensions.Manifest;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Alga.Extensions.Gateway.Forward;

/// <summary>Puts together what the runner gets.</summary>
internal static class ExecuteRequestBuilder
{
    /// <summary>The runner's deadline ends this long before the gateway's own, in milliseconds, so that its answer arrives.</summary>
    public const int HeadStartMs = 500;

    public static ExecuteRequest Build(
        Guid requestId,
        Caller caller,
        ResolvedInstall resolved,
        EndpointMatch match,
        HttpRequest request,
        string path,
        IReadOnlyDictionary<string, IReadOnlyList<string>> headers,
        ReadOnlyMemory<byte> body,
        TimeSpan gatewayTimeout)
    {
        var install = resolved.Install;
        return new ExecuteRequest
        {
            Context = new ExecuteContext
            {
                RequestId = requestId,
                TenantId = caller.TenantId!.Value,
                ExtensionId = install.ExtensionId,
                InstallId = install.InstallId,
                VersionId = install.VersionId,
                Version = install.Version,
                ContentHash = resolved.ContentHash,
                Config = install.Config,
            },
            Http = new ExecuteHttp
            {
                Method = EndpointRules.GuestMethod(request.Method),
                Path = path,
                Endpoint = match.Endpoint.Path.ToString(),
                Params = match.Params,
                Query = Query(request.QueryString),
                Headers = headers,
                Body = body.IsEmpty ? null : body.ToArray(),
            },
            Limits = new ExecuteLimits { TimeoutMs = GuestTimeoutMs(match.Endpoint, resolved.Version.Limits, gatewayTimeout), MemoryMb = resolved.Version.Limits.MemoryMb },
            Providers = resolved.Providers,
            Egress = resolved.Egress,
            Secrets = resolved.Secrets,
            Recording = install.Recording?.For(requestId),
            User = new ExecuteUser { Id = caller.Subject, Email = caller.Email, Name = caller.Name, Roles = caller.Roles },
        };
    }

    /// <summary>Guest time in milliseconds: the endpoint's, else the manifest's, else the default, yet always shorter than the gateway's.</summary>
    public static int GuestTimeoutMs(ManifestEndpoint endpoint, ManifestLimits limits, TimeSpan gatewayTimeout) =>
        Math.Min(endpoint.TimeoutMs ?? limits.TimeoutMs ?? PlatformLimits.DefaultTimeoutMs, (int)gatewayTimeout.TotalMilliseconds - HeadStartMs);

    /// <summary>All parameters with all their values; names keep their case, which ASP.NET's own collection would fold.</summary>
    private static Dictionary<string, IReadOnlyList<string>> Query(QueryString query)
    {
        var all = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach (var pair in new QueryStringEnumerable(query.Value))
        {
            var name = pair.DecodeName().ToString();
            if (!all.TryGetValue(name, out var values)) all[name] = values = new List<string>(1);
            ((List<string>)values).Add(pair.DecodeValue().ToString());
        }

        return all;
    }
}
