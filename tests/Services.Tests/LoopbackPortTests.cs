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
    public void A_row_of_ports_is_free_from_its_first_to_its_last()
    {
        var first = LoopbackPort.PickFreeRow(12);

        Assert.All(Enumerable.Range(first, 12), port => Assert.True(LoopbackPort.IsFree(port), $"{port}"));
        Assert.Throws<ArgumentOutOfRangeException>(() => LoopbackPort.PickFreeRow(17));
    }

    [Fact]
    public void A_listener_on_all_addresses_takes_the_loopback_port_too()
    {
        using var listener = new TcpListener(IPAddress.Any, 0);
        listener.Start();

        Assert.False(LoopbackPort.IsFree(((IPEndPoint)listener.LocalEndpoint).Port));
    }
}
