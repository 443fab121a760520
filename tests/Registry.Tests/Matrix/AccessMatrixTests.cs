using System.Collections.Concurrent;
using System.Diagnostics;
using Alga.Extensions.Registry.Routes;
using Alga.Extensions.Registry.Tests.Fixtures;
using Alga.Extensions.Registry.Tests.Recordings;
using Dapper;

namespace Alga.Extensions.Registry.Tests.Matrix;

/// <summary>Every route of the table with every kind of caller: what the table says is what happens, over HTTP, and who is refused changes nothing.</summary>
public sealed class AccessMatrixTests(AccessMatrixTests.Target target) : IClassFixture<AccessMatrixTests.Target>
{
    public static TheoryData<string, string> Cells
    {
        get
        {
            var cells = new TheoryData<string, string>();
            foreach (var route in RegistryRoutes.All)
            {
                foreach (var identity in Identity.All) cells.Add(route.Operation, identity.Name);
            }

            return cells;
        }
    }

    public static TheoryData<string> Operations => [.. RegistryRoutes.All.Select(route => route.Operation)];

    [Theory]
    [MemberData(nameof(Cells))]
    public async Task A_caller_gets_what_the_table_says(string operation, string who)
    {
        var route = Find(operation);
        var identity = Identity.All.Single(known => known.Name == who);
        var verdict = identity.Judge(route);
        // Who is allowed may change the thing, so it gets one of its own.
        var name = verdict == Verdict.Allowed ? await target.CreateAsync() : target.Name;
        var before = await target.StateAsync(name);

        var answer = await SendAsync(route, name, identity.Token(target.App));

        if (verdict == Verdict.Allowed)
        {
            Assert.True(IsDone(route, answer), $"{identity}: {answer.Status} {answer.Text}");
            Assert.True(target.HasSpan(operation, answer.RequestId), $"No span is called {operation}.");
            if (IsForeign(identity) && route.Parameters.Count == 0 && !IsCatalogue(route)) Assert.DoesNotContain(name, answer.Text, StringComparison.Ordinal);
            return;
        }

        if (verdict == Verdict.Forbidden) answer.Is(403, "forbidden");
        else Assert.True(answer.Status == 404 || (answer.Code == "invalid_request" && !Samples.Has(route)), $"{identity}: {answer.Status} {answer.Text}");
        Assert.Equal(before, await target.StateAsync(name));
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task Without_a_token_that_verifies_there_is_nothing_but_what_is_for_anyone(string operation)
    {
        var route = Find(operation);
        var before = await target.StateAsync(target.Name);
        foreach (var token in new[] { null, "forged.token.here", Unsigned, target.App.Token("ada", RegistryApp.Acme, ["operator", "tenant_admin"], "acme")[..^4] })
        {
            var answer = await SendAsync(route, target.Name, token);

            if (route.Access.HasFlag(RouteAccess.Anonymous)) Assert.True(IsDone(route, answer), answer.Text);
            else answer.Is(401, "unauthenticated");
        }

        Assert.Equal(before, await target.StateAsync(target.Name));
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task What_is_foreign_and_what_is_not_there_look_the_same(string operation)
    {
        var route = Find(operation);
        if (route.Foreign != ForeignThing.IsNotFound) return;
        foreach (var identity in Identity.All.Where(identity => identity.Judge(route) == Verdict.NotFound))
        {
            var foreign = await SendAsync(route, target.Name, identity.Token(target.App));
            var absent = await SendAsync(route, "com.acme.absent", identity.Token(target.App));

            Assert.Equal((absent.Status, absent.Code), (foreign.Status, foreign.Code));
            Assert.Equal(absent.Detail, foreign.Detail.Replace(target.Name, "com.acme.absent", StringComparison.Ordinal));
        }
    }

    private const string Unsigned = "eyJhbGciOiJub25lIiwidHlwIjoiYXQrand0In0.eyJzdWIiOiJhZGEiLCJyb2xlcyI6WyJvcGVyYXRvciJdfQ.";

    private static RegistryRoute Find(string operation) => RegistryRoutes.All.Single(route => route.Operation == operation);

    private static bool IsForeign(Identity identity) => identity.Tenant != RegistryApp.Acme && !identity.Publishers.Contains("acme") && !identity.Roles.Contains(Contracts.Roles.Operator);

    private static bool IsCatalogue(RegistryRoute route) => (route.Access & (RouteAccess.Anonymous | RouteAccess.SignedIn)) != 0;

    private static bool IsDone(RegistryRoute route, RegistryAnswer answer) => Samples.Has(route)
        ? route.Answers.Any(known => known.Status == answer.Status) && answer.Status < 300
        : answer.Status is not (401 or 403 or 404 or >= 500);

    private async Task<RegistryAnswer> SendAsync(RegistryRoute route, string name, string? token) =>
        await target.App.SendAsync(new HttpMethod(route.Method), Samples.Path(route, name), token, await Samples.BodyAsync(target.App, route, name));

    /// <summary>The registry with an extension of acme that tenant Acme has installed.</summary>
    public sealed class Target : IAsyncLifetime
    {
        private readonly ConcurrentDictionary<(string Operation, string? RequestId), bool> spans = new();
        private readonly ActivityListener listener;

        public Target()
        {
            listener = new ActivityListener
            {
                ShouldListenTo = source => source.Name == HttpEdge.Edge.ActivitySourceName,
                Sample = (ref _) => ActivitySamplingResult.AllData,
                ActivityStopped = activity => spans[(activity.OperationName, activity.GetTagItem("alga.request_id")?.ToString())] = true,
            };
            ActivitySource.AddActivityListener(listener);
        }

        internal RegistryApp App { get; } = new();

        internal string Name { get; private set; } = "";

        public async Task InitializeAsync()
        {
            await App.InitializeAsync();
            await Samples.PrepareAsync(App);
            Name = await CreateAsync();
        }

        public async Task DisposeAsync()
        {
            listener.Dispose();
            await App.DisposeAsync();
        }

        private static readonly DateTime ExecutedAt = DateTime.UnixEpoch.AddMilliseconds(0x019cdfa6ec00);
        private int executions;

        internal bool HasSpan(string operation, string? requestId) => spans.ContainsKey((operation, requestId));

        internal async Task<string> CreateAsync()
        {
            var bundle = await App.PublishNewAsync();
            (await App.InstallAsync(bundle.Name, App.Admin, new { version = "1.0.0" })).Is(201);
            await using var owner = await App.OpenOwnerAsync();
            // All within the millisecond that the id names.
            await owner.ExecuteAsync(
                """
                insert into extension_execution_log (tenant_id, started_at, execution_id, request_id, extension_id, install_id, version_id, version,
                  method, endpoint, status, duration_us, queue_us, fuel, memory_bytes, egress_bytes)
                values (@tenant, @at, @id, @id, @name, @id, @id, '1.0.0', 'GET', '/hello', 200, 0, 0, 0, 0, 0);
                insert into host_event values (@tenant, @name, 'ticket.created', '', '{}', now(), now());
                insert into extension_event_delivery (tenant_id, delivery_id, install_id, event_id, topic, order_key, status, next_attempt_at, expires_at, created_at, finished_at)
                select tenant_id, @delivery, install_id, @name, 'ticket.created', '', 'dead', now(), now(), now(), now()
                from tenant_extension_install where tenant_id = @tenant and extension_id = @name;
                insert into quota_plan (plan_id) values ('sample') on conflict do nothing;
                insert into extension_schedule (tenant_id, install_id, name, version_id, cron, time_zone, missed_runs, topic)
                select tenant_id, install_id, 'sample', version_id, '* * * * *', 'UTC', 'once', 'a' from tenant_extension_install where tenant_id = @tenant and extension_id = @name;
                """,
                new { tenant = RegistryApp.Acme, at = ExecutedAt.AddMicroseconds(Interlocked.Increment(ref executions)), id = Samples.Execution, name = bundle.Name, delivery = Samples.DeliveryOf(bundle.Name) });
            await SealedRecording.AddAsync(App, bundle.Name, Samples.DeliveryOf(bundle.Name));
            return bundle.Name;
        }

        /// <summary>Everything that a refused caller could have changed.</summary>
        internal async Task<string> StateAsync(string name)
        {
            await using var owner = await App.OpenOwnerAsync();
            var extension = await App.GetAsync($"/api/registry/extensions/{name}", App.Operator);
            var install = await App.GetAsync($"/api/tenant/installs/{name}", App.Admin);
            return $"{extension.Text}\n{install.Text}\n{await owner.ExecuteScalarAsync<int>("select count(*) from audit_log")}";
        }
    }
}
