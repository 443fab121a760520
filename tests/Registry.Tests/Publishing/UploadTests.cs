using System.Net;
using System.Net.Sockets;
using System.Text;
using Alga.Extensions.Contracts;
using Alga.Extensions.Registry.Edge;
using Alga.Extensions.Registry.Publish;
using Alga.Extensions.Registry.Tests.Fixtures;

namespace Alga.Extensions.Registry.Tests.Publishing;

/// <summary>Uploads that are too many or do not end.</summary>
public sealed class UploadTests(RegistryApp app) : IClassFixture<RegistryApp>
{
    [Fact]
    public async Task A_publisher_uploads_a_few_versions_at_a_time_and_others_go_on_meanwhile()
    {
        var name = app.NewName();
        (await app.RegisterAsync(name, app.Developer)).Is(201);
        var open = new List<TcpClient>();
        try
        {
            for (var number = 0; number < UploadPlaces.OfPublisher; number++) open.Add(await BeginAsync(name, $"1.0.{number}"));
            // A place is taken when the registry has come so far, which an upload that is under way does not tell.
            var bundle = await TestBundle.PackAsync(name, "2.0.0");
            using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
            RegistryAnswer answer;
            while ((answer = await app.PublishAsync(bundle, [1], app.Developer)).Code != "overloaded") await Task.Delay(50, patience.Token);
            Assert.Contains("acme uploads 4 versions already", answer.Detail, StringComparison.Ordinal);

            var other = $"com.globex.upload{Guid.CreateVersion7():N}"[..30];
            (await app.RegisterAsync(other, app.OtherDeveloper, "globex")).Is(201);
            Assert.NotEqual("overloaded", (await app.PublishAsync(bundle, [1], app.OtherDeveloper, name: other)).Code);

            foreach (var client in open) client.Dispose();
            while ((answer = await app.PublishAsync(bundle, bundle.Sign(app.Key), app.Developer)).Code == "overloaded") await Task.Delay(50, patience.Token);
            answer.Is(201);
        }
        finally
        {
            foreach (var client in open) client.Dispose();
        }
    }

    [Fact]
    public void All_publishers_together_have_their_number_too_and_a_place_is_given_back_once()
    {
        var places = new UploadPlaces();
        var taken = Enumerable.Range(0, UploadPlaces.OfAll).Select(number => Enter(places, $"publisher{number}")).ToList();
        Assert.All(taken, Assert.NotNull);
        Assert.Null(Enter(places, "one-more"));
        taken[0]!.Dispose();
        taken[0]!.Dispose();
        Assert.NotNull(Enter(places, "one-more"));
        Assert.Null(Enter(places, "another"));
    }

    [Fact]
    public async Task A_body_that_trickles_for_ever_is_given_up()
    {
        var read = await RequestTime.ReadAsync<string>(
            async token =>
            {
                await Task.Delay(Timeout.Infinite, token);
                return "";
            },
            new HurriedTime(),
            CancellationToken.None);
        Assert.False(read.TryGet(out _, out var refusal));
        Assert.Equal(ErrorCode.InvalidRequest, refusal.Code);
    }

    private static UploadPlace? Enter(UploadPlaces places, string publisher) => places.Enter(publisher).TryGet(out var place, out _) ? place : null;

    /// <summary>Begins an upload and goes on with it, as slowly as the server lets it, until its connection is closed.</summary>
    private async Task<TcpClient> BeginAsync(string name, string version)
    {
        var client = await ConnectAsync();
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"{Head(name, version)}Content-Length: 1000000\r\n\r\n--b\r\nContent-Disposition: form-data; name=\"envelope\"\r\n\r\n"));
        _ = TrickleAsync(stream);
        return client;
    }

    private static async Task TrickleAsync(NetworkStream stream)
    {
        try
        {
            while (true)
            {
                await stream.WriteAsync(new byte[500]);
                await Task.Delay(500);
            }
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException)
        {
            // It was closed.
        }
    }

    private async Task<TcpClient> ConnectAsync()
    {
        var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, new Uri(app.Url).Port);
        return client;
    }

    private string Head(string name, string version) =>
        $"PUT /api/registry/extensions/{name}/versions/{version} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {app.Developer}\r\nContent-Type: multipart/form-data; boundary=b\r\n";

    /// <summary>Timers of this clock are over as soon as they begin.</summary>
    private sealed class HurriedTime : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => base.CreateTimer(callback, state, TimeSpan.Zero, period);
    }
}
