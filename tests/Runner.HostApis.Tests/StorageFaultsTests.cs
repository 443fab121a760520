using Alga.Extensions.Database;
using Alga.Extensions.Runner.Engine;
using Npgsql;

namespace Alga.Extensions.Runner.HostApis.Tests;

public sealed class StorageFaultsTests(StorageFixture fixture) : IClassFixture<StorageFixture>
{
    [Fact]
    public void Without_the_capability_every_call_is_denied_and_names_the_manifest_line()
    {
        var storage = new StorageCalls(Invocation.Context(), new StorageSession(fixture.Source, Invocation.Acme, Invocation.Deadline()), fixture.Purge, fixture.Lines);
        Assert.All(
            new[]
            {
                storage.Get("n", "k").Error(StorageErrorKind.Denied),
                storage.Put("n", new StorageWrite("k", "1")).Error(StorageErrorKind.Denied),
                storage.Delete("n", "k", null).Error(StorageErrorKind.Denied),
                storage.Scan("n", "", null, 1).Error(StorageErrorKind.Denied),
                storage.Commit("n", []).Error(StorageErrorKind.Denied),
            },
            error => Assert.Contains("Add \"storage.kv\" to \"capabilities\" in manifest.json", error.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void A_database_that_is_down_is_unavailable()
    {
        using var source = DatabaseServiceCollectionExtensions.CreateDataSource("Host=127.0.0.1;Port=1;Database=x;Username=x");
        var error = fixture.Calls(source: source).Get("n", "k").Error(StorageErrorKind.Unavailable);
        Assert.DoesNotContain("127.0.0.1", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void No_time_left_is_unavailable()
    {
        var context = Invocation.Granted(Contracts.Capability.StorageKv);
        var over = InvocationDeadline.Start(TimeSpan.FromTicks(1), TimeProvider.System);
        SpinWait.SpinUntil(() => over.IsOver);
        new StorageCalls(context, new StorageSession(fixture.Source, context.TenantId, over), fixture.Purge, fixture.Lines).Get("n", "k").Error(StorageErrorKind.Unavailable);
    }

    [Fact]
    public async Task A_call_that_has_to_wait_ends_with_the_deadline_and_leaves_the_connection_usable()
    {
        fixture.Calls().Put("locked", new StorageWrite("k", "1"));
        await using var other = new NpgsqlConnection(fixture.Database.Owner);
        await other.OpenAsync();
        await using var transaction = await other.BeginTransactionAsync();
        await using (var command = new NpgsqlCommand($"set local app.tenant_id = '{Invocation.Acme}'; select * from extension_storage_entry where namespace = 'locked' for update", other, transaction))
        {
            await command.ExecuteNonQueryAsync();
        }

        fixture.Calls(timeoutMs: 150).Put("locked", new StorageWrite("k", "2")).Error(StorageErrorKind.Unavailable);
        fixture.Calls(timeoutMs: 150).Commit("locked", [new StorageChange("k", new StorageWrite("k", "2"), null)]).Error(StorageErrorKind.Unavailable);
        Assert.Equal("1", fixture.Calls().Get("locked", "k").Value()!.Value);
        Assert.Null(fixture.Calls(Invocation.Globex).Get("locked", "k").Value());
    }

    [Fact]
    public void A_fault_of_ours_is_not_hidden_as_unavailable()
    {
        // The extension is not registered, which the registry makes impossible for an installed one.
        Assert.Throws<PostgresException>(() => fixture.Calls(extension: "com.not.registered").Put("n", new StorageWrite("k", "1")));
        Assert.Null(fixture.Calls().Get("n", "unharmed").Value());
    }
}
