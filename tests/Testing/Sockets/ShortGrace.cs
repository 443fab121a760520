using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace Alga.Extensions.Testing.Sockets;

/// <summary>The rate of bodies that a server has, looked at nearly from the start.</summary>
public static class ShortGrace
{
    // The server's own clock for it ticks once a second.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    /// <summary>Call it after the server's own services were added.</summary>
    public static void Apply(IServiceCollection services) => services.Configure<KestrelServerOptions>(
        options => options.Limits.MinRequestBodyDataRate = new MinDataRate(options.Limits.MinRequestBodyDataRate!.BytesPerSecond, Grace));
}
