using Alga.Extensions.BlobStorage;
using Alga.Extensions.Contracts.Configuration;
using Alga.Extensions.Database;
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

    /// <summary><c>EXT_CACHE_ROOT</c>: folder for compiled components; null for none, which makes each start compile anew.</summary>
    public string? CacheRoot { get; init; }

    /// <summary><c>RUNNER_CACHE_DISK_MB</c>: size of that folder, 16 to 1,048,576 MiB. Default 2,048.</summary>
    public int CacheDiskMb { get; init; } = 2_048;

    /// <summary><c>RUNNER_CACHE_MEMORY_MB</c>: compiled components kept in memory, 16 to 65,536 MiB. Default 512.</summary>
    public int CacheMemoryMb { get; init; } = 512;

    /// <summary><c>RUNNER_CONCURRENCY</c>: guests that run at the same time, 1 to 256. Default twice the processors, at least 4.</summary>
    public int Concurrency { get; init; } = DefaultConcurrency;

    /// <summary><c>RUNNER_QUEUE_LENGTH</c>: requests that wait for a thread, 0 to 10,000. Default 64.</summary>
    public int QueueLength { get; init; } = 64;

    /// <summary><c>RUNNER_QUEUE_TIMEOUT_MS</c>: how long one waits, 1 to 30,000 ms. Default 1,000.</summary>
    public int QueueTimeoutMs { get; init; } = 1_000;

    private static int DefaultConcurrency => Math.Max(4, Math.Min(256, Environment.ProcessorCount * 2));

    /// <summary>Reads and checks all settings.</summary>
    /// <exception cref="ConfigurationException">Lists everything that is wrong.</exception>
    public static RunnerOptions Read(IConfiguration configuration)
    {
        var faults = new ConfigurationFaults();
        var options = new RunnerOptions
        {
            Urls = string.IsNullOrWhiteSpace(configuration["RUNNER_URLS"]) ? "http://0.0.0.0:8080" : configuration["RUNNER_URLS"]!.Trim(),
            Database = DatabaseOptions.Read(configuration, faults),
            BundleStore = BundleStoreOptions.Read(configuration, faults),
            Indexes = TrustedIndexOptions.Read(configuration, faults, isRequired: true),
            Vault = SecretVaultOptions.Read(configuration, faults),
            CacheRoot = string.IsNullOrWhiteSpace(configuration["EXT_CACHE_ROOT"]) ? null : configuration["EXT_CACHE_ROOT"],
            CacheDiskMb = faults.Integer("RUNNER_CACHE_DISK_MB", configuration["RUNNER_CACHE_DISK_MB"], 2_048, 16, 1_048_576),
            CacheMemoryMb = faults.Integer("RUNNER_CACHE_MEMORY_MB", configuration["RUNNER_CACHE_MEMORY_MB"], 512, 16, 65_536),
            Concurrency = faults.Integer("RUNNER_CONCURRENCY", configuration["RUNNER_CONCURRENCY"], DefaultConcurrency, 1, 256),
            QueueLength = faults.Integer("RUNNER_QUEUE_LENGTH", configuration["RUNNER_QUEUE_LENGTH"], 64, 0, 10_000),
            QueueTimeoutMs = faults.Integer("RUNNER_QUEUE_TIMEOUT_MS", configuration["RUNNER_QUEUE_TIMEOUT_MS"], 1_000, 1, 30_000),
        };
        CheckUrls(options.Urls, faults);
        faults.ThrowIfAny();
        return options;
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
