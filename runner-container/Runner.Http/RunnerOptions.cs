using Alga.Extensions.BlobStorage;
using Alga.Extensions.Contracts.Configuration;
using Alga.Extensions.Database;
using Alga.Extensions.LoadReports;
using Alga.Extensions.Manifest;
using Alga.Extensions.Secrets;
using Alga.Extensions.TrustedIndexes;
using Microsoft.Extensions.Configuration;

namespace Alga.Extensions.Runner.Http;

/// <summary>Settings of the runner, read once at start; every fault is reported at once.</summary>
public sealed record RunnerOptions
{
    /// <summary><c>RUNNER_URLS</c>: where to listen. Default <c>http://0.0.0.0:8080</c>.</summary>
    public required string Urls { get; init; }

    /// <summary><c>DATABASE_URL</c>, as Npgsql keywords.</summary>
    public required string Database { get; init; }

    /// <summary><c>BUNDLE_STORE_*</c>.</summary>
    public required BundleStoreOptions BundleStore { get; init; }

    /// <summary><c>SIGNING_TRUST_BUNDLE</c>: whose signatures count; <c>EXT_INDEX_MAX_AGE_SECONDS</c>: how long without confirmation.</summary>
    public required TrustedIndexOptions Indexes { get; init; }

    /// <summary><c>KEY_VAULT_URL</c>.</summary>
    public required SecretVaultOptions Vault { get; init; }

    /// <summary>
    /// <c>EXT_EGRESS_ALLOWLIST</c>: hosts that <c>http.fetch</c> may reach at all, in the manifest's notation, separated by
    /// commas. Null when it is not set: then installs' grants alone decide. Empty when it is set to nothing: no host at all.
    /// </summary>
    public IReadOnlyList<string>? EgressAllowlist { get; init; }

    /// <summary><c>EXT_CACHE_ROOT</c>: folder for compiled components; null for none, which makes each start compile anew.</summary>
    public string? CacheRoot { get; init; }

    /// <summary><c>RUNNER_CACHE_DISK_MB</c>: size of that folder, 16 to 1,048,576 MiB. Default 2,048.</summary>
    public int CacheDiskMb { get; init; } = 2_048;

    /// <summary><c>RUNNER_CACHE_MEMORY_MB</c>: compiled components kept in memory, 16 to 65,536 MiB. Default 512.</summary>
    public int CacheMemoryMb { get; init; } = 512;

    /// <summary><c>RUNNER_CONCURRENCY</c>: guests that run at the same time, 1 to 256. Default twice the processors, at least 4.</summary>
    public int Concurrency { get; init; } = DefaultConcurrency;

    /// <summary><c>RUNNER_TENANT_CONCURRENCY</c>: guests of one tenant that run at the same time, 1 to 256. Default half of <see cref="Concurrency"/>.</summary>
    public int TenantConcurrency { get => field > 0 ? field : Math.Max(1, Concurrency / 2); init; }

    /// <summary><c>RUNNER_EXTENSION_CONCURRENCY</c>: guests of one extension, of all tenants, that run at the same time, 1 to 256. Default three quarters of <see cref="Concurrency"/>.</summary>
    public int ExtensionConcurrency { get => field > 0 ? field : Math.Max(1, Concurrency * 3 / 4); init; }

    /// <summary><c>RUNNER_QUEUE_LENGTH</c>: requests that wait for a thread, 0 to 10,000. Default 64.</summary>
    public int QueueLength { get; init; } = 64;

    /// <summary><c>RUNNER_TENANT_QUEUE_LENGTH</c>: those of one tenant, 1 to 10,000. Default half of <see cref="QueueLength"/>.</summary>
    public int TenantQueueLength { get => field > 0 ? field : Math.Max(1, QueueLength / 2); init; }

    /// <summary><c>RUNNER_QUEUE_TIMEOUT_MS</c>: how long one waits, 1 to 30,000 ms. Default 1,000.</summary>
    public int QueueTimeoutMs { get; init; } = 1_000;

    /// <summary><c>RUNNER_DRAIN_MS</c>: how long, after it was told to stop, the runner goes on answering with 503 until nobody sends it requests any more, 0 to 60,000 ms. Default 2,000.</summary>
    public int DrainMs { get; init; } = 2_000;

    /// <summary><c>RUNNER_SPOOL_ROOT</c>: folder for execution records while the database is away. Default <c>records</c> in <see cref="CacheRoot"/>; null for none.</summary>
    public string? SpoolRoot { get; init; }

    /// <summary><c>RUNNER_SPOOL_MB</c>: its size, 1 to 65,536 MiB. Default 256.</summary>
    public int SpoolMb { get; init; } = 256;

    /// <summary><c>SCALER_URL</c>: where the load is reported to.</summary>
    public LoadReportOptions LoadReports { get; init; } = new(null);

    /// <summary><c>RUNNER_COMPILE_MEMORY_MB</c>: memory of one compilation, 256 to 16,384 MiB; there are at most two at a time. Default 1,024.</summary>
    public int CompileMemoryMb { get; init; } = 1_024;

    /// <summary><c>RUNNER_COMPILE_SECONDS</c>: processor time of one compilation, 5 to 600 s; by the clock twice that. Default 60.</summary>
    public int CompileSeconds { get; init; } = 60;

    /// <summary><c>EXT_UI_FRAME_ANCESTORS</c>: origins of the host applications that may show user interfaces. Default none.</summary>
    public IReadOnlyList<string> FrameAncestors { get; init; } = [];

    /// <summary><c>RUNNER_PUBLIC_BASE</c>: URL that browsers fetch user interfaces from; see <see cref="UiOrigin"/>. Null: any host name will do.</summary>
    public string? PublicBase { get; init; }

    /// <summary><c>RUNNER_UI_CACHE_MEMORY_MB</c>: user interfaces in memory, 16 to 65,536 MiB. Default 256.</summary>
    public int UiCacheMemoryMb { get; init; } = 256;

    /// <summary><c>RUNNER_UI_CACHE_DISK_MB</c>: user interfaces below <see cref="CacheRoot"/>, 16 to 1,048,576 MiB. Default 1,024.</summary>
    public int UiCacheDiskMb { get; init; } = 1_024;

    private static int DefaultConcurrency => Math.Max(4, Math.Min(256, Environment.ProcessorCount * 2));

    /// <summary>Reads and checks all settings.</summary>
    /// <exception cref="ConfigurationException">Lists everything that is wrong.</exception>
    public static RunnerOptions Read(IConfiguration configuration)
    {
        var faults = new ConfigurationFaults();
        var concurrency = faults.Integer("RUNNER_CONCURRENCY", configuration["RUNNER_CONCURRENCY"], DefaultConcurrency, 1, 256);
        var queueLength = faults.Integer("RUNNER_QUEUE_LENGTH", configuration["RUNNER_QUEUE_LENGTH"], 64, 0, 10_000);
        var options = new RunnerOptions
        {
            Urls = string.IsNullOrWhiteSpace(configuration["RUNNER_URLS"]) ? "http://0.0.0.0:8080" : configuration["RUNNER_URLS"]!.Trim(),
            Database = DatabaseOptions.Read(configuration, faults),
            BundleStore = BundleStoreOptions.Read(configuration, faults),
            Indexes = TrustedIndexOptions.Read(configuration, faults, isRequired: true),
            Vault = SecretVaultOptions.Read(configuration, faults),
            LoadReports = LoadReportOptions.Read(configuration, faults),
            EgressAllowlist = ReadEgress(configuration, faults),
            CacheRoot = string.IsNullOrWhiteSpace(configuration["EXT_CACHE_ROOT"]) ? null : configuration["EXT_CACHE_ROOT"],
            CacheDiskMb = faults.Integer("RUNNER_CACHE_DISK_MB", configuration["RUNNER_CACHE_DISK_MB"], 2_048, 16, 1_048_576),
            CacheMemoryMb = faults.Integer("RUNNER_CACHE_MEMORY_MB", configuration["RUNNER_CACHE_MEMORY_MB"], 512, 16, 65_536),
            Concurrency = concurrency,
            QueueLength = queueLength,
            TenantConcurrency = faults.Integer("RUNNER_TENANT_CONCURRENCY", configuration["RUNNER_TENANT_CONCURRENCY"], Math.Max(1, concurrency / 2), 1, 256),
            ExtensionConcurrency = faults.Integer("RUNNER_EXTENSION_CONCURRENCY", configuration["RUNNER_EXTENSION_CONCURRENCY"], Math.Max(1, concurrency * 3 / 4), 1, 256),
            TenantQueueLength = faults.Integer("RUNNER_TENANT_QUEUE_LENGTH", configuration["RUNNER_TENANT_QUEUE_LENGTH"], Math.Max(1, queueLength / 2), 1, 10_000),
            DrainMs = faults.Integer("RUNNER_DRAIN_MS", configuration["RUNNER_DRAIN_MS"], 2_000, 0, 60_000),
            SpoolRoot = ReadSpoolRoot(configuration),
            SpoolMb = faults.Integer("RUNNER_SPOOL_MB", configuration["RUNNER_SPOOL_MB"], 256, 1, 65_536),
            QueueTimeoutMs = faults.Integer("RUNNER_QUEUE_TIMEOUT_MS", configuration["RUNNER_QUEUE_TIMEOUT_MS"], 1_000, 1, 30_000),
            FrameAncestors = UiOptions.ReadFrameAncestors(configuration, faults),
            PublicBase = UiOptions.ReadPublicBase(configuration, faults),
            UiCacheMemoryMb = faults.Integer("RUNNER_UI_CACHE_MEMORY_MB", configuration["RUNNER_UI_CACHE_MEMORY_MB"], 256, 16, 65_536),
            UiCacheDiskMb = faults.Integer("RUNNER_UI_CACHE_DISK_MB", configuration["RUNNER_UI_CACHE_DISK_MB"], 1_024, 16, 1_048_576),
            CompileMemoryMb = faults.Integer("RUNNER_COMPILE_MEMORY_MB", configuration["RUNNER_COMPILE_MEMORY_MB"], 1_024, 256, 16_384),
            CompileSeconds = faults.Integer("RUNNER_COMPILE_SECONDS", configuration["RUNNER_COMPILE_SECONDS"], 60, 5, 600),
        };
        CheckUrls(options.Urls, faults);
        faults.ThrowIfAny();
        return options;
    }

    private static string? ReadSpoolRoot(IConfiguration configuration)
    {
        if (configuration["RUNNER_SPOOL_ROOT"] is { } own && !string.IsNullOrWhiteSpace(own)) return own;
        return configuration["EXT_CACHE_ROOT"] is { } cache && !string.IsNullOrWhiteSpace(cache) ? Path.Combine(cache, "records") : null;
    }

    private static string[]? ReadEgress(IConfiguration configuration, ConfigurationFaults faults)
    {
        const string name = "EXT_EGRESS_ALLOWLIST";
        if (configuration[name] is not { } value) return null;
        var hosts = value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        foreach (var host in hosts)
        {
            if (EgressHost.FindFault(host) is { } fault) faults.Add(name, $"entry {Array.IndexOf(hosts, host) + 1} {fault}");
        }

        return hosts;
    }

    private static void CheckUrls(string urls, ConfigurationFaults faults)
    {
        foreach (var url in urls.Split(';'))
        {
            if (Uri.TryCreate(url.Trim(), UriKind.Absolute, out var parsed) && parsed.Scheme == Uri.UriSchemeHttp && parsed.AbsolutePath == "/") continue;
            faults.Add("RUNNER_URLS", "is not a list of http URLs without a path; write one such as http://0.0.0.0:8080");
        }
    }
}
