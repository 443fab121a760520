using Alga.Extensions.Contracts;
using Alga.Extensions.Runner.Engine;
using Alga.Extensions.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Alga.Extensions.Runner.HostApis.Tests;

public sealed class SecretsTests : IClassFixture<SecretsFixture>
{
    private const string Canary = "canary-5f1c-value";

    private readonly SecretsFixture fixture;
    private readonly ManualTime time = new();
    private readonly SecretsRun run;

    public SecretsTests(SecretsFixture fixture)
    {
        this.fixture = fixture;
        run = fixture.Begin(time);
    }

    private DateTimeOffset Now => time.GetUtcNow();

    [Fact]
    public async Task A_stored_value_is_given_to_its_tenant_and_install_only()
    {
        await fixture.StoreAsync("api-key", Canary, Now);
        await fixture.StoreAsync("api-key", "globex's", Now, tenant: Invocation.Globex);
        Assert.Equal(Canary, Get("api-key"));
        Assert.Equal("globex's", Get("api-key", Invocation.Globex));
        Assert.Equal(Canary, Get("api-key"));
    }

    [Fact]
    public async Task A_value_that_was_given_is_known_to_the_log_of_this_and_of_later_invocations()
    {
        await fixture.StoreAsync("api-key", Canary, Now);
        Get("api-key");
        Assert.Equal("[secret]", run.Known.Redact(Canary));
        run.Calls();
        Assert.Equal("[secret]", run.Known.Redact(Canary));
        run.Calls(Invocation.Globex);
        Assert.Equal(Canary, run.Known.Redact(Canary));
    }

    [Fact]
    public async Task An_invocation_that_asks_for_no_secret_logs_none_that_was_given_to_one_before()
    {
        await fixture.StoreAsync("api-key", Canary, Now);
        await using var services = new ServiceCollection().AddMetrics().AddSingleton<GuestMeter>().BuildServiceProvider();
        using var factory = run.Factory(services.GetRequiredService<GuestMeter>());
        Assert.True(factory.Create(run.Context(), Invocation.Deadline()).Secrets.Get("api-key").TryGet(out _, out _));
        var captured = new CapturedLog(time);
        factory.Create(run.Context(capabilities: []) with { Captured = captured }, Invocation.Deadline()).Log.Write(GuestLogLevel.Info, $"it is {Canary}", []);
        Assert.Contains("it is [secret]", captured.ToJson(), StringComparison.Ordinal);
    }

    [Fact]
    public void Without_the_capability_it_is_denied_and_names_the_manifest_line()
    {
        var calls = run.Calls(capabilities: [Capability.HttpFetch]);
        Assert.Contains("Add \"secrets.get\" to \"capabilities\" in manifest.json", Fail(calls, "api-key", SecretsErrorKind.Denied), StringComparison.Ordinal);
        Assert.False(calls.GetNames().TryGet(out _, out var error));
        Assert.Equal(SecretsErrorKind.Denied, error.Kind);
    }

    [Theory]
    [InlineData("undeclared", "\"undeclared\"")]
    [InlineData("API-KEY", "\"API-KEY\"")]
    [InlineData("a secret value, passed by mistake", "\"...\"")]
    public async Task What_the_version_does_not_declare_is_denied_and_names_the_manifest_line(string name, string shown)
    {
        await fixture.StoreAsync("undeclared", Canary, Now);
        Assert.Contains($"Add {{ \"name\": {shown}", Fail(run.Calls(), name, SecretsErrorKind.Denied), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Names_are_those_that_are_declared_and_have_a_value()
    {
        await fixture.ExecuteAsync("delete from tenant_extension_install_secret");
        await fixture.StoreAsync("undeclared", Canary, Now);
        await fixture.StoreAsync("other", Canary, Now);
        Assert.True(run.Calls().GetNames().TryGet(out var names, out _));
        Assert.Equal(["other"], names);
    }

    [Fact]
    public async Task A_value_that_is_not_there_is_missing()
    {
        await fixture.ExecuteAsync("delete from tenant_extension_install_secret");
        Assert.Contains("Ask the tenant's admin to set it", Fail(run.Calls(), "api-key", SecretsErrorKind.Missing), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_expired_value_is_refused_from_the_second_on_that_was_named()
    {
        await fixture.StoreAsync("api-key", Canary, Now, Now.AddSeconds(30));
        Assert.Equal(Canary, Get("api-key"));
        time.Advance(TimeSpan.FromSeconds(30));
        Assert.Contains("has expired", Fail(run.Calls(), "api-key", SecretsErrorKind.Expired), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_value_older_than_the_manifest_allows_is_refused()
    {
        await fixture.StoreAsync("api-key", Canary, Now.AddDays(-90).AddSeconds(1));
        var grant = new SecretGrant("api-key", TimeSpan.FromDays(90));
        Assert.True(run.Calls(grants: grant).Get("api-key").TryGet(out _, out _));
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Contains("older than the 90 days", Fail(run.Calls(grants: grant), "api-key", SecretsErrorKind.Expired), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_new_value_and_a_deletion_show_within_a_minute()
    {
        await fixture.StoreAsync("api-key", "first", Now);
        Assert.Equal("first", Get("api-key"));
        await fixture.StoreAsync("api-key", "second", Now, version: 2);
        Assert.Equal("first", Get("api-key"));
        time.Advance(SecretCache.MaxAge);
        Assert.Equal("second", Get("api-key"));
        await fixture.ExecuteAsync("delete from tenant_extension_install_secret");
        time.Advance(SecretCache.MaxAge);
        Fail(run.Calls(), "api-key", SecretsErrorKind.Missing);
    }

    [Theory]
    [InlineData("update tenant_extension_install_secret set name = 'other' where name = 'api-key'", "other")]
    [InlineData("update tenant_extension_install_secret set version = 2", "api-key")]
    [InlineData("update tenant_extension_install_secret set created_at = created_at + interval '1 day'", "api-key")]
    [InlineData("update tenant_extension_install_secret set expires_at = now() + interval '100 years'", "api-key")]
    [InlineData("update tenant_extension_install_secret set sealed_value = set_byte(sealed_value, 30, get_byte(sealed_value, 30) # 1)", "api-key")]
    public async Task A_value_that_was_moved_prolonged_or_changed_does_not_open(string tamper, string name)
    {
        await fixture.ExecuteAsync("delete from tenant_extension_install_secret");
        await fixture.StoreAsync("api-key", Canary, Now, Now.AddDays(1));
        await fixture.ExecuteAsync(tamper);
        Assert.DoesNotContain(Canary, Assert.Throws<InvalidOperationException>(() => run.Calls().Get(name)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_value_of_another_tenant_does_not_open_even_where_row_level_security_does_not_help()
    {
        await fixture.ExecuteAsync("delete from tenant_extension_install_secret");
        await fixture.StoreAsync("api-key", Canary, Now);
        await fixture.ExecuteAsync($"update tenant_extension_install_secret set tenant_id = '{Invocation.Globex}', install_id = '{fixture.GlobexInstall}'");
        Assert.Throws<InvalidOperationException>(() => run.Calls(Invocation.Globex).Get("api-key"));
    }

    [Fact]
    public async Task While_the_vault_is_down_values_are_used_for_at_most_five_minutes_and_then_unavailable()
    {
        await fixture.StoreAsync("api-key", Canary, Now);
        Get("api-key");
        run.VaultIsDown = true;
        var since = Now;
        while (run.Calls().Get("api-key").TryGet(out _, out _)) time.Advance(TimeSpan.FromSeconds(10));
        Assert.InRange(Now - since, TimeSpan.FromMinutes(4), TimeSpan.FromMinutes(5));
        Assert.Equal("Secrets cannot be read now. Try again.", Fail(run.Calls(), "api-key", SecretsErrorKind.Unavailable));
        var reads = run.VaultReads;
        for (var i = 0; i < 10; i++) Fail(run.Calls(), "api-key", SecretsErrorKind.Unavailable);
        Assert.Equal(reads, run.VaultReads);
        run.VaultIsDown = false;
        time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(Canary, Get("api-key"));
    }

    [Fact]
    public async Task No_log_line_holds_a_value()
    {
        await fixture.StoreAsync("api-key", Canary, Now);
        Get("api-key");
        run.VaultIsDown = true;
        time.Advance(TimeSpan.FromMinutes(6));
        Fail(run.Calls(), "api-key", SecretsErrorKind.Unavailable);
        Assert.DoesNotContain(run.Lines.Lines, line => line.Text.Contains(Canary, StringComparison.Ordinal));
    }

    private string Get(string name, Guid? tenant = null)
    {
        Assert.True(run.Calls(tenant).Get(name).TryGet(out var value, out var error), error?.ToString());
        return value;
    }

    private static string Fail(SecretsCalls calls, string name, SecretsErrorKind kind)
    {
        Assert.False(calls.Get(name).TryGet(out _, out var error));
        Assert.Equal(kind, error.Kind);
        return error.Message;
    }
}
