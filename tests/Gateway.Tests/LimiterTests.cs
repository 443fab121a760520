using System.Diagnostics.Metrics;
using Alga.Extensions.Contracts;
using Alga.Extensions.Gateway.Limit;
using Alga.Extensions.LoadReports;
using Alga.Extensions.Testing;
using Dapper;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Alga.Extensions.Gateway.Tests;

/// <summary>Several gateways' limiters on one real database.</summary>
public sealed class LimiterTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    private const string Extension = "com.acme.reports";

    private static readonly GatewayMetrics Metrics = new(
        new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>(), new InFlight());

    private sealed class Gateways(TestDatabase database) : IAsyncDisposable
    {
        private readonly List<NpgsqlDataSource> sources = [];

        public Guid Tenant { get; } = Guid.CreateVersion7(TimeProvider.System.GetUtcNow());

        public Limiter Start()
        {
            var source = NpgsqlDataSource.Create(database.Gateway);
            sources.Add(source);
            return new Limiter(
                new LimitSettings(new QuotaQuery(source), TimeProvider.System, NullLogger<LimitSettings>.Instance),
                new QuotaStore(source, Metrics),
                TimeProvider.System,
                NullLogger<Limiter>.Instance);
        }

        public async Task SetAsync(string scope, double? rate = null, int? burst = null, int? concurrency = null, long? monthly = null)
        {
            await using var connection = new NpgsqlConnection(database.Owner);
            await connection.ExecuteAsync(
                "insert into tenant_quota values (@Tenant, @scope, null, @rate, @burst, @concurrency, @monthly)",
                new { Tenant, scope, rate, burst, concurrency, monthly });
        }

        public async Task ExecuteAsync(string sql, object parameters)
        {
            await using var connection = new NpgsqlConnection(database.Owner);
            var all = new DynamicParameters(parameters);
            all.Add("Tenant", Tenant);
            await connection.ExecuteAsync(sql, all);
        }

        /// <summary>Has an extension use egress in a month, this one or an earlier one.</summary>
        public Task SpendAsync(string extension, long bytes, string ago) => ExecuteAsync(
            """
            insert into extension_quota_usage values (@Tenant, @extension, 'month', date_trunc('month', (now() at time zone 'utc') - @ago::interval)::date, 1, 0, 0, @bytes, 0, 0, array_fill(0::bigint, array[15]))
            """,
            new { extension, bytes, ago });

        public async ValueTask DisposeAsync()
        {
            foreach (var source in sources) await source.DisposeAsync();
        }
    }

    private async Task<Gateways> CreateAsync() => new(await postgres.CreateDatabaseAsync());

    private static ValueTask<Outcome<Admission>> EnterAsync(Limiter limiter, Guid tenant, string extension = Extension, HttpResponse? response = null) =>
        limiter.EnterAsync(tenant, extension, response ?? new DefaultHttpContext().Response, CancellationToken.None);

    private static async Task<(Admission? Admission, Refusal? Refusal)> TryEnterAsync(Limiter limiter, Guid tenant, string extension = Extension, HttpResponse? response = null)
    {
        var entered = await EnterAsync(limiter, tenant, extension, response);
        return entered.TryGet(out var admission, out var refusal) ? (admission, null) : (null, refusal);
    }

    [Fact]
    public async Task Five_gateways_share_one_bucket()
    {
        await using var gateways = await CreateAsync();
        // So slow a refill that it adds next to nothing while the test runs.
        await gateways.SetAsync(QuotaScope.WholeTenant, rate: 0.001, burst: 60);
        var limiters = Enumerable.Range(0, 5).Select(_ => gateways.Start()).ToList();

        var answers = await Task.WhenAll(limiters.SelectMany(limiter => Enumerable.Range(0, 40).Select(_ => Task.Run(() => TryEnterAsync(limiter, gateways.Tenant)))));

        foreach (var (admission, _) in answers) admission?.Dispose();
        Assert.All(answers.Where(answer => answer.Refusal is not null), answer => Assert.Equal(ErrorCode.RateLimited, answer.Refusal!.Code));
        Assert.InRange(answers.Count(answer => answer.Admission is not null), 1, 60);
    }

    [Fact]
    public async Task Requests_that_a_lease_held_unused_go_back()
    {
        await using var gateways = await CreateAsync();
        await gateways.SetAsync(QuotaScope.WholeTenant, rate: 1000, burst: 1000, monthly: 100);
        var limiter = gateways.Start();

        var accepted = 0;
        // Each pause lets the lease end, so that most of each would be lost if it did not go back.
        for (var i = 0; i < 3; i++)
        {
            for (var j = 0; j < 10; j++) accepted += (await TryEnterAsync(limiter, gateways.Tenant)).Admission is { } admission ? Count(admission) : 0;
            await Task.Delay(RequestBucket.LeaseLifetime + TimeSpan.FromMilliseconds(50));
        }

        for (var j = 0; j < 200; j++) accepted += (await TryEnterAsync(limiter, gateways.Tenant)).Admission is { } admission ? Count(admission) : 0;

        Assert.Equal(100, accepted);

        static int Count(Admission admission)
        {
            admission.Dispose();
            return 1;
        }
    }

    [Fact]
    public async Task A_used_up_month_is_quota_exceeded_until_the_next()
    {
        await using var gateways = await CreateAsync();
        await gateways.SetAsync(Extension, monthly: 2);
        var limiter = gateways.Start();
        (await TryEnterAsync(limiter, gateways.Tenant)).Admission!.Dispose();
        (await TryEnterAsync(limiter, gateways.Tenant)).Admission!.Dispose();

        var response = new DefaultHttpContext().Response;
        var (_, refusal) = await TryEnterAsync(limiter, gateways.Tenant, response: response);

        Assert.Equal(ErrorCode.QuotaExceeded, refusal?.Code);
        Assert.Contains("2 requests of this month", refusal!.Message, StringComparison.Ordinal);
        Assert.InRange(int.Parse(response.Headers.RetryAfter.ToString(), System.Globalization.CultureInfo.InvariantCulture), 1, 31 * 24 * 3600);
    }

    [Fact]
    public async Task Gateways_share_the_slots_of_running_requests()
    {
        await using var gateways = await CreateAsync();
        await gateways.SetAsync(QuotaScope.WholeTenant, concurrency: 10);
        var limiters = new[] { gateways.Start(), gateways.Start() };

        var answers = await Task.WhenAll(limiters.SelectMany(limiter => Enumerable.Range(0, 20).Select(_ => Task.Run(() => TryEnterAsync(limiter, gateways.Tenant)))));

        var running = answers.Where(answer => answer.Admission is not null).Select(answer => answer.Admission!).ToList();
        Assert.InRange(running.Count, 1, 10);
        Assert.All(answers.Where(answer => answer.Refusal is not null), answer => Assert.Equal(ErrorCode.RateLimited, answer.Refusal!.Code));

        foreach (var admission in running) admission.Dispose();
        Assert.NotNull((await TryEnterAsync(limiters[0], gateways.Tenant)).Admission ?? (await TryEnterAsync(limiters[1], gateways.Tenant)).Admission);
    }

    [Fact]
    public async Task A_slot_is_free_again_when_its_request_ends_and_not_twice()
    {
        await using var gateways = await CreateAsync();
        await gateways.SetAsync(Extension, concurrency: 1);
        var limiter = gateways.Start();
        var (first, _) = await TryEnterAsync(limiter, gateways.Tenant);
        Assert.NotNull((await TryEnterAsync(limiter, gateways.Tenant)).Refusal);

        first!.Dispose();
        first.Dispose();

        var (second, _) = await TryEnterAsync(limiter, gateways.Tenant);
        Assert.NotNull(second);
        Assert.NotNull((await TryEnterAsync(limiter, gateways.Tenant)).Refusal);
    }

    [Fact]
    public async Task One_extensions_limit_leaves_the_tenants_others_alone()
    {
        await using var gateways = await CreateAsync();
        await gateways.SetAsync(QuotaScope.WholeTenant, rate: 0.001, burst: 8);
        await gateways.SetAsync("com.acme.busy", rate: 0.001, burst: 2);
        var limiter = gateways.Start();
        for (var i = 0; i < 50; i++) (await TryEnterAsync(limiter, gateways.Tenant, "com.acme.busy")).Admission?.Dispose();

        Assert.NotNull((await TryEnterAsync(limiter, gateways.Tenant)).Admission);
    }

    [Fact]
    public async Task One_tenants_use_is_not_anothers()
    {
        var database = await postgres.CreateDatabaseAsync();
        await using var acme = new Gateways(database);
        await using var globex = new Gateways(database);
        await acme.SetAsync(QuotaScope.WholeTenant, rate: 0.001, burst: 1);
        var limiter = acme.Start();
        (await TryEnterAsync(limiter, acme.Tenant)).Admission!.Dispose();
        Assert.NotNull((await TryEnterAsync(limiter, acme.Tenant)).Refusal);

        Assert.NotNull((await TryEnterAsync(limiter, globex.Tenant)).Admission);
    }

    [Fact]
    public async Task Answers_say_what_is_left()
    {
        await using var gateways = await CreateAsync();
        await gateways.SetAsync(QuotaScope.WholeTenant, rate: 0.5, burst: 10);
        var response = new DefaultHttpContext().Response;

        (await TryEnterAsync(gateways.Start(), gateways.Tenant, response: response)).Admission!.Dispose();

        Assert.Equal("\"tenant\";q=10;w=20, \"extension\";q=200;w=2", response.Headers["RateLimit-Policy"].ToString());
        Assert.StartsWith("\"tenant\";r=9;t=2, \"extension\";r=", response.Headers["RateLimit"].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task While_the_database_is_away_a_gateway_counts_alone()
    {
        var database = await postgres.CreateDatabaseAsync();
        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(database.Gateway) { Port = 1, Timeout = 1 }.ConnectionString);
        var scope = new QuotaScope(Guid.CreateVersion7(TimeProvider.System.GetUtcNow()), QuotaScope.WholeTenant);
        var bucket = new RequestBucket(scope, new QuotaStore(source, Metrics), TimeProvider.System, NullLogger.Instance);
        var limits = new QuotaLimits(0.001, 8, null, null);

        var refusals = new List<LimitRefusal?>();
        for (var i = 0; i < 20; i++) refusals.Add(await bucket.TakeAsync(limits, CancellationToken.None));

        Assert.Equal(8, refusals.Count(refusal => refusal is null));
    }

    [Fact]
    public async Task Without_any_known_limit_nobody_is_let_in()
    {
        var database = await postgres.CreateDatabaseAsync();
        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(database.Gateway) { Port = 1, Timeout = 1 }.ConnectionString);
        var limiter = new Limiter(
            new LimitSettings(new QuotaQuery(source), TimeProvider.System, NullLogger<LimitSettings>.Instance), new QuotaStore(source, Metrics), TimeProvider.System, NullLogger<Limiter>.Instance);

        Assert.Equal(ErrorCode.Overloaded, (await TryEnterAsync(limiter, Guid.CreateVersion7(TimeProvider.System.GetUtcNow()))).Refusal?.Code);
    }

    [Theory]
    [InlineData(QuotaScope.WholeTenant, "com.acme.other", true)]
    [InlineData(Extension, Extension, true)]
    [InlineData(Extension, "com.acme.other", false)]
    public async Task A_months_egress_that_is_used_up_is_quota_exceeded_until_the_next(string limited, string spender, bool isRefused)
    {
        await using var gateways = await CreateAsync();
        await gateways.SetAsync(limited);
        await gateways.ExecuteAsync("update tenant_quota set monthly_egress_bytes = 1000 where tenant_id = @Tenant", new { });
        await gateways.SpendAsync(spender, 1000, "0 months");

        var response = new DefaultHttpContext().Response;
        var (admission, refusal) = await TryEnterAsync(gateways.Start(), gateways.Tenant, response: response);

        admission?.Dispose();
        Assert.Equal(isRefused ? ErrorCode.QuotaExceeded : null, refusal?.Code);
        if (!isRefused) return;
        Assert.Contains("1000 bytes", refusal!.Message, StringComparison.Ordinal);
        Assert.InRange(int.Parse(response.Headers.RetryAfter.ToString(), System.Globalization.CultureInfo.InvariantCulture), 1, 31 * 24 * 3600);
    }

    [Fact]
    public async Task What_other_months_and_other_tenants_used_does_not_count()
    {
        var database = await postgres.CreateDatabaseAsync();
        await using var acme = new Gateways(database);
        await using var globex = new Gateways(database);
        await acme.SetAsync(QuotaScope.WholeTenant);
        await acme.ExecuteAsync("update tenant_quota set monthly_egress_bytes = 1000 where tenant_id = @Tenant", new { });
        await acme.SpendAsync(Extension, 999, "0 months");
        await acme.SpendAsync(Extension, 5000, "1 month");
        await globex.SpendAsync(Extension, 5000, "0 months");

        Assert.NotNull((await TryEnterAsync(acme.Start(), acme.Tenant)).Admission);
    }

    [Fact]
    public void A_month_that_is_over_bars_nobody_in_the_next()
    {
        var limits = new TenantLimits(new QuotaLimits(null, null, null, null, 10), new QuotaLimits(null, null, null, null), new EgressUse(new DateOnly(2026, 3, 1), 11, 0));

        Assert.NotNull(EgressLimit.Check(limits, new DateTimeOffset(2026, 3, 31, 23, 59, 59, TimeSpan.Zero)));
        Assert.Null(EgressLimit.Check(limits, new DateTimeOffset(2026, 4, 1, 0, 0, 0, TimeSpan.Zero)));
    }
}
