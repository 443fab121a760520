using Alga.Extensions.Contracts;
using Alga.Extensions.Runner.Engine;
using Alga.Extensions.Runner.Engine.Tests;
using Alga.Extensions.Runner.Guests;

namespace Alga.Extensions.Runner.Recordings.Tests;

/// <summary>Records guests and replays them, on engines that all tests share.</summary>
public sealed class RecordedGuest : IDisposable
{
    private readonly EngineSet engines = new(new EngineOptions { Slots = 4 }, TimeProvider.System);
    private readonly Dictionary<string, GuestComponent> guests = new(StringComparer.Ordinal);

    public List<string> Steps { get; } = [];

    public FakeHost Host { get; } = new();

    /// <summary>Runs a guest with a recorder and gives what was recorded, as it is after a secret was taken out.</summary>
    public Recording Record(string name, GuestRequest request, string? secret = null)
    {
        var recorder = new ExecutionRecorder(Host, TimeProvider.System);
        var outcome = Invoke(name, request, recorder, recorder.Sources);
        var (calls, sources) = recorder.ToRecord();
        var recording = Sample.Recording() with { Request = request, Calls = calls, Sources = sources, End = Replayer.ToEnd(outcome) };
        return RecordingJson.Read(RecordingJson.Write(recording, text => secret is null ? text : text.Replace(secret, ExecutionRecorder.SecretPlaceholder, StringComparison.Ordinal)));
    }

    public ReplayResult Replay(string name, Recording recording, IReadOnlyDictionary<string, string>? secrets = null)
    {
        Steps.Clear();
        var log = new FakeHost();
        return Replayer.Run(
            Load(name), recording, new ReplayHost(recording, secrets ?? new Dictionary<string, string>(), log, log, (step, call) => Steps.Add($"{step} {call.Name}")), TimeProvider.System);
    }

    public Outcome<GuestResponse> Invoke(string name, GuestRequest request, IHostCalls host, IGuestSources? sources) => Invoker.Invoke(
        Load(name), request, new InvocationLimits(64), InvocationDeadline.Start(TimeSpan.FromSeconds(20), TimeProvider.System), host, sources).Outcome;

    public static GuestRequest Request(string path, string method = "ns", string? body = "k") => new()
    {
        Method = method,
        Path = path,
        Endpoint = "e",
        Body = body is null ? default : GuestBody.OfText(body),
    };

    public void Dispose()
    {
        foreach (var guest in guests.Values) guest.Dispose();
        engines.Dispose();
    }

    private GuestComponent Load(string name)
    {
        if (guests.TryGetValue(name, out var known)) return known;
        Assert.True(engines.ForSize(1).Compile(Guest.Wasm(name)).TryGet(out var guest, out var refusal), refusal?.Message);
        guests.Add(name, guest);
        return guest;
    }
}
