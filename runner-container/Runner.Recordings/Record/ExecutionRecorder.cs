using System.Text.Json;
using System.Text.Json.Nodes;
using Alga.Extensions.Runner.Engine;

namespace Alga.Extensions.Runner.Recordings;

/// <summary>
/// Stands between a guest and its host calls and keeps what passes. Log lines and metrics have no answer and are not kept. Nothing
/// that goes wrong here reaches the guest: it only leaves no recording. Used on the invocation's thread.
/// </summary>
public sealed class ExecutionRecorder : IHostCalls, IContextCalls, IStorageCalls, IHttpCalls, ISecretsCalls
{
    /// <summary>What stands where a secret's value stood; the same text as in log lines.</summary>
    public const string SecretPlaceholder = "[secret]";

    private readonly IHostCalls host;
    private readonly TimeProvider time;
    private readonly RecordingSources sources;
    private readonly List<RecordedCall> calls = [];
    private long bytes;
    private Exception? fault;

    /// <summary>Begins with nothing.</summary>
    /// <param name="host">Gives the answers.</param>
    /// <param name="time">The clock that the guest sees.</param>
    public ExecutionRecorder(IHostCalls host, TimeProvider time) => (this.host, this.time, sources) = (host, time, new RecordingSources(time));

    /// <summary>The guest's random numbers and clocks.</summary>
    public IGuestSources Sources => sources;

    public IContextCalls Context => this;

    public ILogCalls Log => host.Log;

    public IMetricsCalls Metrics => host.Metrics;

    public IStorageCalls Storage => this;

    public IHttpCalls Http => this;

    public ISecretsCalls Secrets => this;

    /// <summary>What is kept, in bytes of JSON; the answer at the end comes on top.</summary>
    public long Bytes => bytes;

    /// <summary>Whether more passed than a recording may hold.</summary>
    public bool IsTooLarge => bytes > Recording.MaxBytes || sources.IsTooLong;

    /// <summary>What went wrong in keeping; null for nothing.</summary>
    public Exception? Fault => fault;

    /// <summary>The calls so far; nothing of use where <see cref="IsTooLarge"/> or <see cref="Fault"/> says so.</summary>
    public (IReadOnlyList<RecordedCall> Calls, RecordedSources Sources) ToRecord() => ([.. calls], sources.ToRecord());

    InvocationInfo IContextCalls.GetCurrent() => Keep(CallArguments.Current, host.Context.GetCurrent, static info => JsonSerializer.SerializeToNode(info, RecordingJson.Options)!);

    HostResult<StorageEntry?, StorageErrorKind> IStorageCalls.Get(string ns, string key) =>
        Keep(() => CallArguments.StorageGet(ns, key), () => host.Storage.Get(ns, key), RecordedAnswer.Write);

    HostResult<StorageEntry, StorageErrorKind> IStorageCalls.Put(string ns, StorageWrite write) =>
        Keep(() => CallArguments.StoragePut(ns, write), () => host.Storage.Put(ns, write), RecordedAnswer.Write);

    HostResult<bool, StorageErrorKind> IStorageCalls.Delete(string ns, string key, ulong? ifRevision) =>
        Keep(() => CallArguments.StorageDelete(ns, key, ifRevision), () => host.Storage.Delete(ns, key, ifRevision), RecordedAnswer.Write);

    HostResult<StoragePage, StorageErrorKind> IStorageCalls.Scan(string ns, string prefix, string? cursor, uint limit) =>
        Keep(() => CallArguments.StorageScan(ns, prefix, cursor, limit), () => host.Storage.Scan(ns, prefix, cursor, limit), RecordedAnswer.Write);

    HostResult<IReadOnlyList<StorageEntry>, StorageErrorKind> IStorageCalls.Commit(string ns, IReadOnlyList<StorageChange> changes) =>
        Keep(() => CallArguments.StorageCommit(ns, changes), () => host.Storage.Commit(ns, changes), RecordedAnswer.Write);

    HostResult<IncomingResponse, HttpErrorKind> IHttpCalls.Fetch(OutgoingRequest request) =>
        Keep(() => CallArguments.Fetch(request), () => host.Http.Fetch(request), RecordedAnswer.Write);

    HostResult<string, SecretsErrorKind> ISecretsCalls.Get(string name) =>
        Keep(() => CallArguments.SecretGet(name), () => host.Secrets.Get(name), static result => result.TryGet(out _, out var error)
            // The value is not even held here.
            ? new JsonObject { ["ok"] = SecretPlaceholder }
            : new JsonObject { ["error"] = JsonSerializer.SerializeToNode(error, RecordingJson.Options) });

    HostResult<IReadOnlyList<string>, SecretsErrorKind> ISecretsCalls.GetNames() => Keep(CallArguments.SecretNames, host.Secrets.GetNames, RecordedAnswer.Write);

    private T Keep<T>(Func<(string Name, JsonObject Arguments)> describe, Func<T> call, Func<T, JsonNode> write)
    {
        var started = time.GetTimestamp();
        T answer;
        try
        {
            answer = call();
        }
        catch
        {
            Add(describe, static () => null, started);
            throw;
        }

        Add(describe, () => write(answer), started);
        return answer;
    }

    private void Add(Func<(string Name, JsonObject Arguments)> describe, Func<JsonNode?> answer, long started)
    {
        if (IsTooLarge || fault is not null) return;
        try
        {
            var (name, arguments) = describe();
            var call = new RecordedCall(name, arguments, answer(), (long)time.GetElapsedTime(started).TotalMicroseconds);
            bytes += JsonSerializer.SerializeToUtf8Bytes(call, RecordingJson.Options).Length;
            if (IsTooLarge) calls.Clear();
            else calls.Add(call);
        }
#pragma warning disable CA1031 // A recorder that fails must not fail the request; the fault is told at the end.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            fault = exception;
            calls.Clear();
        }
    }
}
