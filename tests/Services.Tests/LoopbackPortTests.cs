using System.Net;
using System.Net.Sockets;

namespace Alga.Extensions.Services.Tests;

public sealed class LoopbackPortTests
{
    [Fact]
    public void A_port_with_a_listener_is_not_free()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();

        Assert.False(LoopbackPort.IsFree(((IPEndPoint)listener.LocalEndpoint).Port));
        Assert.True(LoopbackPort.IsFree(LoopbackPort.PickFree()));
    }

    [Fact]
    public void A_listener_on_all_addresses_takes_the_loopback_port_too()
    {
        using var listener = new TcpListener(IPAddress.Any, 0);
        listener.Start();

        Assert.False(LoopbackPort.IsFree(((IPEndPoint)listener.LocalEndpoint).Port));
    }
}
