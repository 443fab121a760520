using System.Threading.RateLimiting;
using Alga.Extensions.Contracts;
using Alga.Extensions.Registry.Edge;
using Alga.Extensions.Registry.Publish;
using Alga.Extensions.Registry.Tests.Fixtures;

namespace Alga.Extensions.Registry.Tests.Publishing;

/// <summary>Uploads that are too many or do not end.</summary>
public sealed class UploadTests(RegistryApp app) : IClassFixture<RegistryApp>
{
    [Fact]
    public async Task Many_versions_of_a_publisher_at_once_are_all_published()
    {
        var name = app.NewName();
        (await app.RegisterAsync(name, app.Developer)).Is(201);
        var bundles = await Task.WhenAll(Enumerable.Range(0, 3 * UploadPlaces.OfPublisher).Select(number => TestBundle.PackAsync(name, $"1.0.{number}")));
        foreach (var answer in await Task.WhenAll(bundles.Select(bundle => app.PublishAsync(bundle, bundle.Sign(app.Key), app.Developer)))) answer.Is(201);
    }

    [Fact]
    public async Task A_publisher_with_too_many_uploads_is_refused_as_overloaded_and_served_when_they_are_done()
    {
        var name = app.NewName();
        (await app.RegisterAsync(name, app.Developer)).Is(201);
        var bundle = await TestBundle.PackAsync(name, "1.0.0");
        using var done = new CancellationTokenSource();
        var taken = await TakeAsync(app.Uploads, UploadPlaces.OfPublisher, _ => "acme");
        var waiting = Enumerable.Range(0, UploadPlaces.Waiting).Select(_ => app.Uploads.EnterAsync("acme", done.Token)).ToList();

        var refused = (await app.PublishAsync(bundle, bundle.Sign(app.Key), app.Developer)).Is(503, "overloaded");
        Assert.Contains("Send this one again", refused.Detail, StringComparison.Ordinal);

        await done.CancelAsync();
        foreach (var each in waiting) await Assert.ThrowsAnyAsync<OperationCanceledException>(() => each);
        foreach (var place in taken) place.Dispose();
        (await app.PublishAsync(bundle, bundle.Sign(app.Key), app.Developer)).Is(201);
    }

    [Fact]
    public async Task An_upload_for_which_no_place_comes_free_is_refused_and_other_publishers_go_on_meanwhile()
    {
        using var places = new UploadPlaces(new HurriedTime());
        var taken = await TakeAsync(places, UploadPlaces.OfPublisher, _ => "acme");
        var refused = await places.EnterAsync("acme", CancellationToken.None);
        Assert.False(refused.TryGet(out _, out var refusal));
        Assert.Equal(ErrorCode.Overloaded, refusal.Code);
        Assert.NotNull(await EnterAsync(places, "globex"));
        taken[0].Dispose();
        Assert.NotNull(await EnterAsync(places, "acme"));
    }

    [Fact]
    public async Task All_publishers_together_have_their_number_too()
    {
        using var places = new UploadPlaces(new HurriedTime());
        var taken = await TakeAsync(places, UploadPlaces.OfAll, number => $"publisher{number}");
        Assert.Null(await EnterAsync(places, "one-more"));
        taken[0].Dispose();
        Assert.NotNull(await EnterAsync(places, "one-more"));
        Assert.Null(await EnterAsync(places, "another"));
    }

    [Fact]
    public async Task An_upload_that_waits_gets_the_place_that_another_leaves_and_one_whose_sender_left_does_not()
    {
        using var places = new UploadPlaces(TimeProvider.System);
        var taken = await TakeAsync(places, UploadPlaces.OfPublisher, _ => "acme");
        using var gone = new CancellationTokenSource();
        var left = places.EnterAsync("acme", gone.Token);
        var waiting = places.EnterAsync("acme", CancellationToken.None);
        Assert.False(waiting.IsCompleted);
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => left);
        taken[0].Dispose();
        Assert.True((await waiting).TryGet(out _, out _));
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
        Assert.Equal(ErrorCode.BodyTooSlow, refusal.Code);
    }

    private static async Task<RateLimitLease?> EnterAsync(UploadPlaces places, string publisher) =>
        (await places.EnterAsync(publisher, CancellationToken.None)).TryGet(out var place, out _) ? place : null;

    private static async Task<IReadOnlyList<RateLimitLease>> TakeAsync(UploadPlaces places, int count, Func<int, string> publisher)
    {
        var taken = new List<RateLimitLease>();
        for (var number = 0; number < count; number++) taken.Add((await EnterAsync(places, publisher(number)))!);
        Assert.All(taken, Assert.NotNull);
        return taken;
    }

    /// <summary>Timers of this clock are over as soon as they begin.</summary>
    private sealed class HurriedTime : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => base.CreateTimer(callback, state, TimeSpan.Zero, period);
    }
}
