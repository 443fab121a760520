using System.Globalization;
using Alga.Extensions.Services.Postgres;
using Npgsql;

namespace Alga.Extensions.Services.Tests;

public sealed class StaleLockTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("alga-stale-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task A_server_starts_though_the_lock_of_a_killed_one_names_a_living_process()
    {
        await using (var first = Server()) await first.StartAsync(CancellationToken.None);
        // As after a restart of the machine: the number belongs to somebody else now.
        var data = Path.Combine(folder, "postgres", "data");
        await File.WriteAllTextAsync(
            Path.Combine(data, "postmaster.pid"), $"{Environment.ProcessId.ToString(CultureInfo.InvariantCulture)}\n{data}\n0\n1\n\n\n0 0\nready\n");

        await using var second = Server();
        await second.StartAsync(CancellationToken.None);

        await using var connection = new NpgsqlConnection(second.AdminConnectionString);
        await connection.OpenAsync();
    }

    private PostgresServer Server() => new(new PostgresOptions
    {
        RepositoryRoot = RepositoryRoot.Find(),
        StateFolder = folder,
        LogFile = Path.Combine(folder, "log"),
        Port = LoopbackPort.PickFree(),
        Durable = false,
    });
}
