using Alga.Extensions.Gateway.Resolve;

namespace Alga.Extensions.Gateway.Tests.Resolve;

public sealed class RecordingPolicyTests
{
    [Fact]
    public void On_error_every_execution_is_recorded_and_kept_where_it_fails()
    {
        var recording = new RecordingPolicy(Percent: null, KeepDays: 3).For(Guid.CreateVersion7());
        Assert.True(recording!.OnlyErrors);
        Assert.Equal(3, recording.KeepDays);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(25)]
    [InlineData(100)]
    public void A_sample_is_about_its_share_of_the_requests(int percent)
    {
        const int Requests = 20_000;
        var policy = new RecordingPolicy(percent, KeepDays: 7);

        var recorded = Enumerable.Range(0, Requests).Select(_ => policy.For(Guid.CreateVersion7())).Where(recording => recording is not null).ToList();

        Assert.DoesNotContain(recorded, recording => recording!.OnlyErrors);
        // Eight standard deviations of a fair draw at the most.
        Assert.InRange(recorded.Count, (Requests * percent / 100) - 500, (Requests * percent / 100) + 500);
        Assert.NotEmpty(recorded);
    }
}
