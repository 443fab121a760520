using System.Diagnostics;
using Alga.Extensions.Gateway.Resolve;
using Alga.Extensions.LoadDriver.Load;
using Alga.Extensions.LoadDriver.Stack;
using Dapper;
using Npgsql;

namespace Alga.Extensions.LoadDriver.Measures;

/// <summary>The query behind a gateway's call of an install that is not in memory, with 100,000 installs in the database against the same with ten.</summary>
internal sealed class ResolveInstall : IMeasure
{
    private const int RoundsEach = 7;
    private const int Queries = 400;
    private const int Few = 10;
    private const int Extensions = 100;
    private const int Many = 100_000;

    public IReadOnlyList<string> Names { get; } = ["resolve_100k_vs_10_installs"];

    public async Task<IReadOnlyDictionary<string, Measurement>> RunAsync(BenchStack stack, CancellationToken cancellationToken)
    {
        await stack.StartAsync(cancellationToken);
        await using var owner = NpgsqlDataSource.Create(await PlatformDatabase.ConnectionAsync(BenchStack.PortBase, null, cancellationToken));
        await using var gateway = NpgsqlDataSource.Create(await PlatformDatabase.ConnectionAsync(BenchStack.PortBase, "alga_gateway", cancellationToken));
        var query = new InstallQuery(gateway);
        await using var connection = await owner.OpenConnectionAsync(cancellationToken);
        // Not in the way of the platform's own rows: these tenants and extensions exist for nobody else.
        await connection.ExecuteAsync(
            """
            insert into extension_registry (extension_id, publisher_id, display_name, created_at)
              select 'com.bench.e' || n, 'alga-samples', 'Bench', now() from generate_series(1, @Extensions) n;
            insert into extension_bundle (content_hash, size_bytes, created_at) values (@hash, 1, now());
            insert into extension_version (version_id, extension_id, version, content_hash, manifest, published_by, published_at)
              select md5('version' || n)::uuid, 'com.bench.e' || n, '1.0.0', @hash, '{}', 'bench', now() from generate_series(1, @Extensions) n;
            """,
            new { Extensions, hash = "sha256:" + new string('b', 64) });
        var before = await InstallAsync(connection, 0, Few, cancellationToken);
        // Taken first and last, so that what changes in between is the number of installs alone.
        var few = await MeasureAsync(query, before, cancellationToken);
        var all = await InstallAsync(connection, Few, Many, cancellationToken);
        var many = await MeasureAsync(query, all, cancellationToken);
        return new Dictionary<string, Measurement> { [Names[0]] = new(many / few, "ratio", few, "<=1.2") };
    }

    /// <summary>Microseconds of one query, the median of the rounds.</summary>
    private static async Task<double> MeasureAsync(InstallQuery query, IReadOnlyList<(Guid Tenant, string Extension)> installs, CancellationToken cancellationToken)
    {
        var times = new List<double>();
        var random = new Random(1);
        for (var round = 0; round <= RoundsEach; round++)
        {
            var started = Stopwatch.GetTimestamp();
            for (var i = 0; i < Queries; i++)
            {
                var (tenant, extension) = installs[random.Next(installs.Count)];
                if (await query.FindAsync(tenant, extension, cancellationToken) is null) throw new InvalidOperationException("An install that was made is not found.");
            }

            // The first one opens connections and reads tables into memory.
            if (round > 0) times.Add(Stopwatch.GetElapsedTime(started).TotalMicroseconds / Queries);
        }

        return Percentiles.Median(times);
    }

    private static async Task<IReadOnlyList<(Guid Tenant, string Extension)>> InstallAsync(NpgsqlConnection connection, int from, int to, CancellationToken cancellationToken)
    {
        await connection.ExecuteAsync(new CommandDefinition(
            """
            insert into tenant_extension_install
              (tenant_id, install_id, extension_id, version_id, status, granted_capabilities, granted_egress, installed_by, installed_at, updated_at)
              select md5('tenant' || n / @Extensions)::uuid, md5('install' || n)::uuid, 'com.bench.e' || (n % @Extensions + 1), md5('version' || (n % @Extensions + 1))::uuid,
                     'enabled', '{storage.kv}', '{}', 'bench', now(), now()
              from generate_series(@from, @to - 1) n;
            insert into tenant_extension_install_config (tenant_id, install_id, config, updated_at)
              select md5('tenant' || n / @Extensions)::uuid, md5('install' || n)::uuid, '{}', now() from generate_series(@from, @to - 1) n;
            """,
            new { from, to, Extensions },
            commandTimeout: 300,
            cancellationToken: cancellationToken));
        await connection.ExecuteAsync("vacuum analyze tenant_extension_install, tenant_extension_install_config, extension_version");
        return [.. await connection.QueryAsync<(Guid, string)>("select tenant_id, extension_id from tenant_extension_install where extension_id like 'com.bench.e%'")];
    }
}
