using Alga.Extensions.Contracts;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Alga.Extensions.HttpEdge;

/// <summary>Registration of this project.</summary>
public static class HttpEdgeServices
{
    /// <summary>
    /// Adds <see cref="Edge"/>. Kestrel's own body limit is lifted, since it is answered with 500 on the functions host:
    /// every handler that reads a body does so through <see cref="BoundedBody"/> or another bound of its own. A body has to arrive at <see cref="BodyRate"/>.
    /// </summary>
    public static IServiceCollection AddHttpEdge(this IServiceCollection services)
    {
        // A proxy in front may take a line feed alone for a part of a value, and what follows it for none of a request.
        AppContext.SetSwitch("Microsoft.AspNetCore.Server.Kestrel.DisableHttp1LineFeedTerminators", true);
        services.TryAddSingleton(TimeProvider.System);
        services.AddMetrics();
        services.AddSingleton<EdgeMetrics>();
        services.AddSingleton<Faults>();
        services.AddSingleton<Edge>();
        services.Configure<KestrelServerOptions>(options =>
        {
            options.Limits.MaxRequestBodySize = null;
            options.Limits.MinRequestBodyDataRate = BodyRate.Limit;
            // Room for a request line that is just too long for us, so that it is refused with a problem body.
            options.Limits.MaxRequestLineSize = 2 * PlatformLimits.MaxPathAndQueryBytes;
            options.RequestHeaderEncodingSelector = ConnectionHeader.Select;
        });
        return services;
    }
}
