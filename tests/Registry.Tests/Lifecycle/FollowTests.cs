using Alga.Extensions.Registry.Tests.Fixtures;
using Dapper;
using Npgsql;

namespace Alga.Extensions.Registry.Tests.Lifecycle;

public sealed class FollowTests(RegistryApp app) : IClassFixture<RegistryApp>
{
    [Theory]
    [InlineData("1.2.3", "patch", "1.2.4", true)]
    [InlineData("1.2.3", "patch", "1.3.0", false)]
    [InlineData("1.2.3", "minor", "1.3.0", true)]
    [InlineData("1.2.3", "minor", "2.0.0", false)]
    [InlineData("1.2.3", "minor", "1.3.0-rc.1", false)]
    [InlineData("1.2.3", "minor", "1.2.2", false)]
    [InlineData("1.2.3", "pin", "1.2.4", false)]
    [InlineData("0.2.3", "minor", "0.3.0", false)]
    [InlineData("0.2.3", "minor", "0.2.4", true)]
    [InlineData("1.3.0-rc.1", "patch", "1.3.0", true)]
    public async Task A_published_version_moves_the_installs_whose_policy_allows_it(string installed, string policy, string published, bool moves)
    {
        var name = app.NewName();
        await Shape.Plain.PublishAsync(app, name, installed);
        (await app.InstallAsync(name, app.Admin, LifecycleCalls.Body(installed, policy: policy))).Is(201);
        await Shape.Plain.PublishAsync(app, name, published);
        Assert.Equal(installed, (await app.ShowAsync(name)).Text("version"));

        await app.MaintainAsync("follow");

        var after = await app.ShowAsync(name);
        Assert.Equal(moves ? published : installed, after.Text("version"));
        await app.MaintainAsync("follow");
        Assert.Equal(after.Text, (await app.ShowAsync(name)).Text);
    }

    [Fact]
    public async Task A_version_that_asks_for_more_waits_for_an_admin_and_the_platform_is_named_for_it()
    {
        var name = await app.InstallNewAsync(policy: "minor");
        await Shape.Greedy.PublishAsync(app, name, "1.1.0");

        await app.MaintainAsync("follow");

        var waiting = await app.ShowAsync(name);
        Assert.Equal(("1.0.0", "1.1.0"), (waiting.Text("version"), waiting.Json.GetProperty("pending").GetProperty("version").GetString()));
        await using var owner = await app.OpenOwnerAsync();
        Assert.Equal(
            ("platform:follow", "install.upgrade.pending"),
            await owner.QuerySingleAsync<(string, string)>("select actor, action from audit_log where target = @name and tenant_id = @Acme order by audit_id desc limit 1", new { name, RegistryApp.Acme }));
        (await app.PostAsync(name, "reject")).Is(200);
        await Shape.Greedy.PublishAsync(app, name, "1.0.1");
        await app.MaintainAsync("follow");
        Assert.Null((await app.ShowAsync(name)).Text("pending"));
        await Shape.Plain.PublishAsync(app, name, "1.1.1");
        await app.MaintainAsync("follow");
        Assert.Equal("1.1.1", (await app.ShowAsync(name)).Text("version"));
    }

    [Fact]
    public async Task What_an_admin_asked_for_goes_before_what_following_asks_for_and_does_not_stop_it()
    {
        var name = await app.InstallNewAsync(policy: "patch");
        await Shape.Greedy.PublishAsync(app, name, "2.0.0");
        (await app.PostAsync(name, "upgrade", new { version = "2.0.0", percent = 5 })).Is(202);
        await Shape.Greedy.PublishAsync(app, name, "1.0.1");
        await app.MaintainAsync("follow");
        Assert.Equal("2.0.0", (await app.ShowAsync(name)).Json.GetProperty("pending").GetProperty("version").GetString());

        await Shape.Plain.PublishAsync(app, name, "1.0.2");
        await app.MaintainAsync("follow");

        var after = await app.ShowAsync(name);
        Assert.Equal(("1.0.2", "2.0.0", 5), (after.Text("version"), after.Json.GetProperty("pending").GetProperty("version").GetString(), after.Json.GetProperty("pending").GetProperty("percent").GetInt32()));
    }

    [Fact]
    public async Task Followers_of_many_tenants_are_moved_in_steps_and_each_is_asked_once()
    {
        await app.MaintainAsync("follow");
        var name = await app.InstallNewAsync();
        var admins = Enumerable.Range(0, 7).Select(index => app.Token($"admin{index}", Guid.CreateVersion7(), ["tenant_admin"])).ToList();
        foreach (var (index, admin) in admins.Index())
        {
            (await app.InstallAsync(name, admin, LifecycleCalls.Body("1.0.0", policy: index % 2 == 0 ? "minor" : "patch"))).Is(201);
        }

        await Shape.Plain.PublishAsync(app, name, "1.1.0");
        var reports = await app.MaintainAsync("follow", limit: 2);

        Assert.Equal((4, 3), (reports.Sum(report => report.GetProperty("moved").GetInt32()), reports.Sum(report => report.GetProperty("unchanged").GetInt32())));
        Assert.All(reports, report => Assert.InRange(report.GetProperty("moved").GetInt32() + report.GetProperty("unchanged").GetInt32(), 0, 2));
        foreach (var (index, admin) in admins.Index())
        {
            Assert.Equal(index % 2 == 0 ? "1.1.0" : "1.0.0", (await app.ShowAsync(name, admin)).Is(200).Text("version"));
        }

        Assert.Equal("1.0.0", (await app.ShowAsync(name)).Text("version"));
    }

    [Fact]
    public async Task A_publish_in_the_midst_of_the_steps_starts_them_over()
    {
        await app.MaintainAsync("follow");
        var name = await app.InstallNewAsync(policy: "minor");
        (await app.InstallAsync(name, app.OtherAdmin, LifecycleCalls.Body("1.0.0", policy: "minor"))).Is(201);
        await Shape.Plain.PublishAsync(app, name, "1.1.0");
        var first = (await app.SendAsync(HttpMethod.Post, "/api/registry/maintenance/follow?limit=1", app.Operator)).Is(200).Json;
        Assert.Equal((name, 1, true), (first.GetProperty("extension").GetString(), first.GetProperty("moved").GetInt32(), first.GetProperty("more").GetBoolean()));

        await Shape.Plain.PublishAsync(app, name, "1.2.0");
        await app.MaintainAsync("follow", limit: 1);

        Assert.Equal("1.2.0", (await app.ShowAsync(name)).Text("version"));
        Assert.Equal("1.2.0", (await app.ShowAsync(name, app.OtherAdmin)).Text("version"));
    }

    [Fact]
    public async Task A_policy_takes_effect_at_once_and_one_that_does_not_exist_is_refused()
    {
        var name = await app.InstallNewAsync();
        await Shape.Plain.PublishAsync(app, name, "1.0.1");
        await Shape.Plain.PublishAsync(app, name, "1.1.0");

        (await app.PutAsync(name, "policy", new { policy = "major" })).Is(400, "invalid_request");
        (await app.PutAsync(name, "policy", new { })).Is(400, "invalid_request");
        (await app.InstallAsync(name, app.Admin, LifecycleCalls.Body("1.0.0", policy: "latest"))).Is(400, "invalid_request");
        var set = (await app.PutAsync(name, "policy", new { policy = "patch" })).Is(200);

        Assert.Equal(("patch", "1.0.1", "1.1.0", null), (set.Text("policy"), set.Text("version"), set.Text("latestVersion"), set.Text("availableVersion")));
        Assert.Equal("1.0.1", (await app.PutAsync(name, "policy", new { policy = "pin" })).Is(200).Text("version"));
    }

    [Fact]
    public async Task Only_an_operator_runs_maintenance()
    {
        foreach (var step in new[] { "follow", "purge" })
        {
            var path = $"/api/registry/maintenance/{step}";
            (await app.SendAsync(HttpMethod.Post, path, null)).Is(401, "unauthenticated");
            foreach (var token in new[] { app.Admin, app.User, app.Developer }) (await app.SendAsync(HttpMethod.Post, path, token)).Is(403, "forbidden");
            foreach (var limit in new[] { "0", "1001", "many", "-1" }) (await app.SendAsync(HttpMethod.Post, $"{path}?limit={limit}", app.Operator)).Is(400, "invalid_request");
        }
    }

    [Fact]
    public async Task A_tenants_transaction_sees_nothing_of_the_platforms_agenda()
    {
        await app.InstallNewAsync(policy: "minor");
        await app.RemoveAsync(await app.InstallNewAsync());
        await using var connection = new NpgsqlConnection(app.Database.Registry);
        await connection.OpenAsync();
        const string Count = "select (select count(*) from install_follower), (select count(*) from install_purge), (select count(*) from extension_follow_queue)";

        Assert.Equal((0L, 0L, 0L), await connection.QuerySingleAsync<(long, long, long)>(Count));
        await using var transaction = await connection.BeginTransactionAsync();
        await connection.ExecuteAsync("select set_config('app.tenant_id', @tenant, true)", new { tenant = RegistryApp.Acme.ToString() }, transaction);
        Assert.Equal((0L, 0L, 0L), await connection.QuerySingleAsync<(long, long, long)>(Count, transaction: transaction));
        await connection.ExecuteAsync("select set_config('app.tenant_id', @tenant, true)", new { tenant = Guid.Empty.ToString() }, transaction);
        var (followers, purges, queued) = await connection.QuerySingleAsync<(long, long, long)>(Count, transaction: transaction);
        Assert.True(followers > 0 && purges > 0 && queued > 0);
        Assert.Equal(0, await connection.QuerySingleAsync<long>("select count(*) from tenant_extension_install", transaction: transaction));
    }
}
