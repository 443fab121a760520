using System.Text.Json;
using System.Text.Json.Nodes;
using Alga.Extensions.Runner.Engine;

namespace Alga.Extensions.Runner.Recordings;

/// <summary>
/// Answers a guest's host calls from a recording, in its order. A call that differs ends the guest with a
/// <see cref="ReplayDivergedException"/> as the fault of the invocation. Log lines and metrics go to the host given.
/// </summary>
public sealed class ReplayHost : IHostCalls, IContextCalls, IStorageCalls, IHttpCalls, ISecretsCalls
{
    private readonly Recording recording;
    private readonly IReadOnlyDictionary<string, string> secrets;
    private readonly Action<int, RecordedCall> onStep;
    private int step;

    /// <summary>Begins before the first call.</summary>
    /// <param name="recording">What is replayed.</param>
    /// <param name="secrets">Values to give in the place of recorded placeholders, by name.</param>
    /// <param name="log">Gets log lines.</param>
    /// <param name="metrics">Gets metrics.</param>
    /// <param name="onStep">Gets each call that was answered and its number, from 1.</param>
    public ReplayHost(Recording recording, IReadOnlyDictionary<string, string> secrets, ILogCalls log, IMetricsCalls metrics, Action<int, RecordedCall> onStep)
    {
        (this.recording, this.secrets, Log, Metrics, this.onStep) = (recording, secrets, log, metrics, onStep);
        Sources = new ReplaySources(recording.Sources);
    }

    /// <summary>The recording's random numbers and clocks.</summary>
    public IGuestSources Sources { get; }

    public IContextCalls Context => this;

    public ILogCalls Log { get; }

    public IMetricsCalls Metrics { get; }

    public IStorageCalls Storage => this;

    public IHttpCalls Http => this;

    public ISecretsCalls Secrets => this;

    /// <summary>What the recording has and the guest did not ask for; null when all was asked for.</summary>
    public ReplayDivergedException? FindRest() => step < recording.Calls.Count
        ? new ReplayDivergedException(step + 1, ReplayDivergedException.Show(recording.Calls[step].Name, recording.Calls[step].Arguments), "the end")
        : null;

    InvocationInfo IContextCalls.GetCurrent() => Answer(CallArguments.Current(), static answer => answer.Deserialize<InvocationInfo>(RecordingJson.Options)!);

    HostResult<StorageEntry?, StorageErrorKind> IStorageCalls.Get(string ns, string key) =>
        Answer(CallArguments.StorageGet(ns, key), RecordedAnswer.Read<StorageEntry?, StorageErrorKind>);

    HostResult<StorageEntry, StorageErrorKind> IStorageCalls.Put(string ns, StorageWrite write) =>
        Answer(CallArguments.StoragePut(ns, write), RecordedAnswer.Read<StorageEntry, StorageErrorKind>);

    HostResult<bool, StorageErrorKind> IStorageCalls.Delete(string ns, string key, ulong? ifRevision) =>
        Answer(CallArguments.StorageDelete(ns, key, ifRevision), RecordedAnswer.Read<bool, StorageErrorKind>);

    HostResult<StoragePage, StorageErrorKind> IStorageCalls.Scan(string ns, string prefix, string? cursor, uint limit) =>
        Answer(CallArguments.StorageScan(ns, prefix, cursor, limit), RecordedAnswer.Read<StoragePage, StorageErrorKind>);

    HostResult<IReadOnlyList<StorageEntry>, StorageErrorKind> IStorageCalls.Commit(string ns, IReadOnlyList<StorageChange> changes) =>
        Answer(CallArguments.StorageCommit(ns, changes), RecordedAnswer.Read<IReadOnlyList<StorageEntry>, StorageErrorKind>);

    HostResult<IncomingResponse, HttpErrorKind> IHttpCalls.Fetch(OutgoingRequest request) =>
        Answer(CallArguments.Fetch(request), RecordedAnswer.Read<IncomingResponse, HttpErrorKind>);

    HostResult<string, SecretsErrorKind> ISecretsCalls.Get(string name)
    {
        var answer = Answer(CallArguments.SecretGet(name), RecordedAnswer.Read<string, SecretsErrorKind>);
        return answer.TryGet(out _, out _) && secrets.TryGetValue(name, out var given) ? given : answer;
    }

    HostResult<IReadOnlyList<string>, SecretsErrorKind> ISecretsCalls.GetNames() =>
        Answer(CallArguments.SecretNames(), RecordedAnswer.Read<IReadOnlyList<string>, SecretsErrorKind>);

    private T Answer<T>((string Name, JsonObject Arguments) call, Func<JsonNode, T> read)
    {
        if (step == recording.Calls.Count) throw Diverged("the end", call);
        var recorded = recording.Calls[step];
        if (recorded.Name != call.Name || !LenientMatch.IsSame(recorded.Arguments, call.Arguments)) throw Diverged(ReplayDivergedException.Show(recorded.Name, recorded.Arguments), call);
        step++;
        onStep(step, recorded);
        return recorded.Answer is { } answer ? read(answer) : throw new RecordedFaultException();
    }

    /// <summary>Secrets that were given for the replay are shown as little as recorded ones.</summary>
    private ReplayDivergedException Diverged(string expected, (string Name, JsonObject Arguments) call)
    {
        var arguments = Redaction.Of(call.Arguments, text => secrets.Values.Where(secret => secret.Length > 0)
            .Aggregate(text, (left, secret) => left.Replace(secret, ExecutionRecorder.SecretPlaceholder, StringComparison.Ordinal)));
        return new ReplayDivergedException(step + 1, expected, ReplayDivergedException.Show(call.Name, arguments));
    }
}
