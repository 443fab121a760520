using Alga.Extensions.Gateway.Tail;

namespace Alga.Extensions.Gateway.Tests.Tail;

/// <summary>What comes between the database and a watcher.</summary>
public sealed class NoticeTests
{
    private const string Tenant = "01936b2e-0000-7000-8000-00000000ac3e";
    private const string Id = "01936b2e-0000-7000-8000-000000000001";

    [Fact]
    public void A_notice_says_whose_and_which_executions_were_written()
    {
        var notice = WrittenNotice.Parse($"{Tenant} com.acme.reports 1774000000000001 1774000000000002 {Id},{Tenant}");
        Assert.NotNull(notice);
        Assert.Equal((Guid.Parse(Tenant), "com.acme.reports"), (notice.TenantId, notice.ExtensionId));
        Assert.Equal([Guid.Parse(Id), Guid.Parse(Tenant)], notice.Ids);
        Assert.Equal((10L, DateTimeKind.Utc), ((notice.To - notice.From).Ticks, notice.From.Kind));
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData(Tenant + " com.acme.reports 1 2 ")]
    [InlineData(Tenant + " com.acme.reports 1 2 x")]
    [InlineData(Tenant + " com.acme.reports 1 2 " + Id + ",")]
    [InlineData(Tenant + " com.acme.reports -1 2 " + Id)]
    [InlineData(Tenant + " com.acme.reports 1 9223372036854775807 " + Id)]
    [InlineData(Tenant + " NOT;A;NAME 1 2 " + Id)]
    [InlineData("x com.acme.reports 1 2 " + Id)]
    public void A_text_that_is_no_notice_is_none(string payload) => Assert.Null(WrittenNotice.Parse(payload));

    [Fact]
    public async Task A_watcher_that_cannot_follow_loses_the_oldest_and_learns_how_many()
    {
        using var feed = new TailFeed(Guid.Parse(Tenant), "com.acme.reports", () => { });
        for (var number = 0; number < TailFeed.Capacity + 3; number++) feed.Add(Notice(number + 1));
        Assert.Equal(1 + 2 + 3, feed.TakeSkipped());
        Assert.Equal(0, feed.TakeSkipped());
        Assert.Equal(4, (await feed.NextAsync(default))?.Ids.Count);
    }

    [Fact]
    public async Task A_feed_gets_what_is_told_of_its_own_extension_until_it_leaves()
    {
        var hub = new TailHub(new TailOptions());
        var feed = hub.Join(Guid.Parse(Tenant), "com.acme.reports", Guid.CreateVersion7())!;
        hub.Tell(Notice(1) with { ExtensionId = "com.acme.other" });
        hub.Tell(Notice(2) with { TenantId = Guid.Parse(Id) });
        hub.Tell(Notice(3));
        hub.LookAll();
        Assert.Equal(3, (await feed.NextAsync(default))?.Ids.Count);
        Assert.Null(await feed.NextAsync(default));
        var next = feed.NextAsync(default).AsTask();
        feed.Dispose();
        hub.Tell(Notice(4));
        Assert.False(next.IsCompleted);
    }

    private static WrittenNotice Notice(int ids) =>
        new(Guid.Parse(Tenant), "com.acme.reports", DateTime.UnixEpoch, DateTime.UnixEpoch, [.. Enumerable.Range(0, ids).Select(_ => Guid.CreateVersion7())]);
}
