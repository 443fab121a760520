using Alga.Extensions.Scaler.Protocol;
using Google.Protobuf;
using Grpc.Core;

namespace Alga.Extensions.Scaler.Tests;

/// <summary>Over real gRPC with TLS on both sides, as KEDA calls it; each test has a scaler of its own.</summary>
public sealed class ExternalScalerTests : IAsyncLifetime
{
    private readonly ScalerFixture scaler = new();

    public Task InitializeAsync() => scaler.InitializeAsync();

    public Task DisposeAsync() => scaler.DisposeAsync();

    [Fact]
    public async Task The_metric_is_specified_in_whole_numbers_and_in_fractions()
    {
        var spec = Assert.Single((await scaler.Connect().GetMetricSpecAsync(ScalerFixture.ScaledObject("10"))).MetricSpecs);

        Assert.Equal("alga-runner-in-flight", spec.MetricName);
        Assert.Equal(10, spec.TargetSize);
        Assert.Equal(10.0, spec.TargetSizeFloat);
    }

    [Fact]
    public async Task The_value_is_given_in_whole_numbers_and_in_fractions()
    {
        await scaler.ReportAsync(ScalerFixture.Now(30));
        await scaler.ReportAsync(ScalerFixture.Now(12));

        var value = Assert.Single((await scaler.Connect().GetMetricsAsync(Metrics())).MetricValues);

        Assert.Equal("alga-runner-in-flight", value.MetricName);
        Assert.Equal(42, value.MetricValue_);
        Assert.Equal(42.0, value.MetricValueFloat);
    }

    [Fact]
    public async Task It_is_active_while_something_is_in_flight()
    {
        var source = Guid.CreateVersion7();
        await scaler.ReportAsync(ScalerFixture.Now(1, source: source));
        Assert.True((await scaler.Connect().IsActiveAsync(ScalerFixture.ScaledObject())).Result);

        await scaler.ReportAsync(ScalerFixture.Now(0, source: source) with { At = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() + 1 });
        Assert.False((await scaler.Connect().IsActiveAsync(ScalerFixture.ScaledObject())).Result);
    }

    [Fact]
    public async Task The_first_request_is_pushed_to_who_listens()
    {
        await scaler.ReportAsync(ScalerFixture.Now(0));
        using var stream = scaler.Connect().StreamIsActive(ScalerFixture.ScaledObject());
        Assert.True(await stream.ResponseStream.MoveNext(CancellationToken.None));
        Assert.False(stream.ResponseStream.Current.Result);

        await scaler.ReportAsync(ScalerFixture.Now(1));

        Assert.True(await stream.ResponseStream.MoveNext(CancellationToken.None));
        Assert.True(stream.ResponseStream.Current.Result);
    }

    [Fact]
    public async Task Silence_is_an_error_so_that_the_fallback_decides()
    {
        Assert.Equal(StatusCode.Unavailable, await CodeOfAsync(client => client.GetMetricsAsync(Metrics()).ResponseAsync));
        Assert.Equal(StatusCode.Unavailable, await CodeOfAsync(client => client.IsActiveAsync(ScalerFixture.ScaledObject()).ResponseAsync));
    }

    [Fact]
    public async Task Silence_is_no_load_where_everything_may_be_at_zero()
    {
        var request = Metrics();
        request.ScaledObjectRef.ScalerMetadata["silence"] = "idle";

        Assert.Equal(0, Assert.Single((await scaler.Connect().GetMetricsAsync(request)).MetricValues).MetricValue_);
        Assert.False((await scaler.Connect().IsActiveAsync(request.ScaledObjectRef)).Result);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("1.5")]
    [InlineData("10001")]
    [InlineData("ten")]
    [InlineData("")]
    public async Task A_target_that_is_no_number_of_requests_is_refused(string target) =>
        Assert.Equal(StatusCode.InvalidArgument, await CodeOfAsync(client => client.GetMetricSpecAsync(ScalerFixture.ScaledObject(target)).ResponseAsync));

    [Fact]
    public async Task Metadata_without_a_target_is_refused() =>
        Assert.Equal(StatusCode.InvalidArgument, await CodeOfAsync(client => client.GetMetricSpecAsync(new ScaledObjectRef()).ResponseAsync));

    [Fact]
    public async Task Another_word_for_silence_is_refused() =>
        Assert.Equal(StatusCode.InvalidArgument, await CodeOfAsync(client => client.IsActiveAsync(ScalerFixture.ScaledObject(silence: "zero")).ResponseAsync));

    [Fact]
    public async Task Another_metric_is_refused() =>
        Assert.Equal(StatusCode.InvalidArgument, await CodeOfAsync(client => client.GetMetricsAsync(new GetMetricsRequest { MetricName = "other", ScaledObjectRef = ScalerFixture.ScaledObject() }).ResponseAsync));

    [Fact]
    public async Task Who_shows_no_certificate_gets_no_answer() =>
        await Assert.ThrowsAsync<RpcException>(() => scaler.Connect(withCertificate: false).GetMetricSpecAsync(ScalerFixture.ScaledObject()).ResponseAsync);

    [Fact]
    public async Task Who_shows_a_certificate_of_another_authority_gets_no_answer()
    {
        using var foreign = new TestAuthority().Issue("keda-operator");

        await Assert.ThrowsAsync<RpcException>(() => scaler.Connect(foreign).GetMetricSpecAsync(ScalerFixture.ScaledObject()).ResponseAsync);
    }

    [Fact]
    public async Task A_renewed_certificate_is_taken_up_without_a_restart()
    {
        await scaler.Connect().GetMetricSpecAsync(ScalerFixture.ScaledObject());
        using var old = scaler.Authority.Issue("keda-operator");

        scaler.RenewCertificates();

        await scaler.Connect().GetMetricSpecAsync(ScalerFixture.ScaledObject());
        await Assert.ThrowsAsync<RpcException>(() => scaler.Connect(old).GetMetricSpecAsync(ScalerFixture.ScaledObject()).ResponseAsync);
    }

    [Fact]
    public async Task KEDA_is_not_answered_on_the_port_for_reports()
    {
        using var response = await scaler.Http.PostAsync(new Uri(scaler.ReportUrl, "/externalscaler.ExternalScaler/GetMetrics"), null);

        Assert.False(response.IsSuccessStatusCode);
    }

    [Fact]
    public void Numbers_of_fields_are_those_that_KEDA_reads()
    {
        // 2 is a varint, 3 eight bytes of a double; 1 a text.
        Assert.Equal("0A016D10071900000000" + "00001C40", Convert.ToHexString(new MetricValue { MetricName = "m", MetricValue_ = 7, MetricValueFloat = 7 }.ToByteArray()));
        Assert.Equal("0A016D10071900000000" + "00001C40", Convert.ToHexString(new MetricSpec { MetricName = "m", TargetSize = 7, TargetSizeFloat = 7 }.ToByteArray()));
        Assert.Equal("externalscaler.ExternalScaler", ExternalScaler.Descriptor.FullName);
    }

    private static GetMetricsRequest Metrics() => new() { MetricName = "alga-runner-in-flight", ScaledObjectRef = ScalerFixture.ScaledObject() };

    private async Task<StatusCode> CodeOfAsync<T>(Func<ExternalScaler.ExternalScalerClient, Task<T>> call) =>
        (await Assert.ThrowsAsync<RpcException>(() => call(scaler.Connect()))).StatusCode;
}
