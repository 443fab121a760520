using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Alga.Extensions.Chaos.Tests;

/// <summary>The proxy between two parts, with real sockets.</summary>
public sealed class FaultyLinkTests
{
    [Fact]
    public async Task Connections_go_to_the_targets_in_turn_and_past_one_that_does_not_listen()
    {
        using var first = new Target("a");
        using var second = new Target("b");
        await using var link = new FaultyLink("test", 1, first.Port, second.Port);

        Assert.Equal("a b", string.Join(' ', new[] { await AskAsync(link), await AskAsync(link) }.Order()));

        first.Dispose();
        Assert.Equal("b b", $"{await AskAsync(link)} {await AskAsync(link)}");
    }

    [Fact]
    public async Task A_resetting_link_gives_an_answer_whole_or_ends_the_connection()
    {
        using var target = new Target("answer");
        await using var link = new FaultyLink("test", 1, target.Port);
        link.State = LinkState.Resetting;

        var answers = new List<string?>();
        for (var index = 0; index < 40; index++) answers.Add(await AskAsync(link));

        Assert.Contains("answer", answers);
        Assert.Contains(answers, answer => answer != "answer");
        link.State = LinkState.Good;
        Assert.Equal("answer", await AskAsync(link));
    }

    [Fact]
    public async Task With_no_target_the_caller_sees_a_closed_connection()
    {
        var gone = new Target("gone");
        gone.Dispose();
        await using var link = new FaultyLink("test", 1, gone.Port);

        Assert.Null(await AskAsync(link));
    }

    /// <summary>Sends a byte and reads to the end; null for a connection that is lost or gives nothing.</summary>
    private static async Task<string?> AskAsync(FaultyLink link)
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, link.Port);
            await client.GetStream().WriteAsync(new byte[] { 1 });
            using var reader = new StreamReader(client.GetStream());
            return await reader.ReadToEndAsync() is { Length: > 0 } text ? text : null;
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>Answers each connection that sends something, and closes it.</summary>
    private sealed class Target : IDisposable
    {
        private readonly TcpListener listener = new(IPAddress.Loopback, 0);
        private readonly string answer;

        public Target(string answer)
        {
            this.answer = answer;
            listener.Start();
            Port = ((IPEndPoint)listener.LocalEndpoint).Port;
            _ = ServeAsync();
        }

        public int Port { get; }

        public void Dispose() => listener.Dispose();

        private async Task ServeAsync()
        {
            try
            {
                while (true)
                {
                    using var client = await listener.AcceptTcpClientAsync();
                    await AnswerAsync(client.GetStream());
                }
            }
            catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
            {
                // The end of the test.
            }
        }

        private async Task AnswerAsync(NetworkStream stream)
        {
            try
            {
                if (await stream.ReadAsync(new byte[1]) > 0) await stream.WriteAsync(Encoding.ASCII.GetBytes(answer));
            }
            catch (IOException)
            {
                // The link has cut it.
            }
        }
    }
}
