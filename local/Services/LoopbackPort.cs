using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace Alga.Extensions.Services;

/// <summary>Free and taken ports on 127.0.0.1.</summary>
public static class LoopbackPort
{
    // Below the ports that the kernel gives to connections: one of those can be taken between this look and the start (regression: Azurite
    // found its queue port in use by a connection of another program). Rows have a range of their own and start at multiples of a width,
    // so that of several programs that look at the same time two meet as seldom as can be.
    private const int FirstRow = 10_000;
    private const int FirstSingle = 26_000;
    private const int End = 32_000;
    private const int Width = 16;

    /// <summary>A port that was free a moment ago, between 26,000 and 31,999.</summary>
    public static int PickFree()
    {
        while (true)
        {
            var port = RandomNumberGenerator.GetInt32(FirstSingle, End);
            if (IsFree(port)) return port;
        }
    }

    /// <summary>The first of <paramref name="count"/> ports in a row, 16 at most, that were free a moment ago, between 10,000 and 25,999.</summary>
    public static int PickFreeRow(int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Width);
        while (true)
        {
            var first = FirstRow + (Width * RandomNumberGenerator.GetInt32((FirstSingle - FirstRow) / Width));
            if (Enumerable.Range(first, count).All(IsFree)) return first;
        }
    }

    /// <summary>Whether nobody listens on a port.</summary>
    public static bool IsFree(int port)
    {
        // Kestrel, PostgreSQL and Node set SO_REUSEADDR too: connections of an earlier run that still fade away do not count.
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
            socket.Listen();
            return true;
        }
        catch (SocketException exception) when (exception.SocketErrorCode is SocketError.AddressAlreadyInUse or SocketError.AccessDenied)
        {
            return false;
        }
    }
}
