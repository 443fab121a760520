namespace Alga.Extensions.Runner.Engine.Tests;

/// <summary>A host that records what guests ask and answers what a test says.</summary>
public sealed class FakeHost : IHostCalls, IContextCalls, ILogCalls, IMetricsCalls, IStorageCalls, IHttpCalls, ISecretsCalls
{
    public List<string> Calls { get; } = [];

    public HostError<StorageErrorKind>? StorageError { get; set; }

    public Exception? Throw { get; set; }

    public Action? During { get; set; }

    public IContextCalls Context => this;

    public ILogCalls Log => this;

    public IMetricsCalls Metrics => this;

    public IStorageCalls Storage => this;

    public IHttpCalls Http => this;

    public ISecretsCalls Secrets => this;

    public InvocationInfo GetCurrent()
    {
        Record("current");
        return new InvocationInfo
        {
            RequestId = "r",
            TenantId = "tenant-é",
            ExtensionId = "e",
            InstallId = "i",
            Version = "1.0.0",
            Config = [new("a", "1")],
            User = new UserInfo("u", "e@x", "n", ["admin", "user"]),
            DeadlineMs = 12,
        };
    }

    public void Write(GuestLogLevel level, string message, IReadOnlyList<KeyValuePair<string, string>> fields) =>
        Record($"log {level} {message} {Join(fields)}");

    public void Emit(string name, GuestMetricKind kind, double value, IReadOnlyList<KeyValuePair<string, string>> tags) =>
        Record(FormattableString.Invariant($"metric {kind} {name} {value} {Join(tags)}"));

    public HostResult<StorageEntry?, StorageErrorKind> Get(string ns, string key)
    {
        Record($"get {ns} {key}");
        if (StorageError is not null) return StorageError;
        return key == "missing" ? (StorageEntry?)null : new StorageEntry(key, "{\"v\":1}", 1, null);
    }

    public HostResult<StorageEntry, StorageErrorKind> Put(string ns, StorageWrite write)
    {
        Record($"put {ns} {write}");
        if (StorageError is not null) return StorageError;
        return new StorageEntry(write.Key, write.Value, 8, DateTimeOffset.UnixEpoch);
    }

    public HostResult<bool, StorageErrorKind> Delete(string ns, string key, ulong? ifRevision)
    {
        Record($"delete {ns} {key} {ifRevision}");
        if (StorageError is not null) return StorageError;
        return key != "missing";
    }

    public HostResult<StoragePage, StorageErrorKind> Scan(string ns, string prefix, string? cursor, uint limit)
    {
        Record($"scan {ns} {prefix} {cursor} {limit}");
        if (StorageError is not null) return StorageError;
        return new StoragePage([new StorageEntry("k", "1", 1, null)], "next");
    }

    public HostResult<IReadOnlyList<StorageEntry>, StorageErrorKind> Commit(string ns, IReadOnlyList<StorageChange> changes)
    {
        Record($"commit {ns} {string.Join(" | ", changes)}");
        if (StorageError is not null) return StorageError;
        return new StorageEntry[] { new("first", "1", 1, null) };
    }

    public HostResult<IncomingResponse, HttpErrorKind> Fetch(OutgoingRequest request)
    {
        Record($"fetch {request.Method} {request.Url} {Join(request.Headers)} {request.Body.Text} {request.TimeoutMs}");
        return request.Url == "denied" ? new HostError<HttpErrorKind>(HttpErrorKind.Denied, "no") : new IncomingResponse(202, [], default);
    }

    public HostResult<string, SecretsErrorKind> Get(string name)
    {
        Record($"secret {name}");
        return name == "denied" ? new HostError<SecretsErrorKind>(SecretsErrorKind.Denied, "no") : "s3cret";
    }

    public HostResult<IReadOnlyList<string>, SecretsErrorKind> GetNames()
    {
        Record("names");
        return new[] { "first", "second" };
    }

    private static string Join(IEnumerable<KeyValuePair<string, string>> pairs) => string.Join(",", pairs.Select(pair => $"{pair.Key}={pair.Value}"));

    private void Record(string call)
    {
        Calls.Add(call);
        During?.Invoke();
        if (Throw is not null) throw Throw;
    }
}
