using System.Collections.Concurrent;
using System.Text.Json;

namespace Alga.Extensions.Chaos;

/// <summary>What happened, in the order in which it was seen.</summary>
internal sealed class Journal(TimeProvider time)
{
    private readonly ConcurrentQueue<Call> calls = new();
    private readonly ConcurrentQueue<Step> steps = new();
    private readonly Lock gate = new();
    private readonly List<Ban> bans = [];
    private long acknowledged;
    private long executedAgain;
    private long replayed;
    private long lastSuccess;

    public IReadOnlyCollection<Call> Calls => calls;

    /// <summary>Faults and steps of the lifecycle.</summary>
    public IReadOnlyCollection<Step> Steps => steps;

    public IReadOnlyCollection<Ban> Bans
    {
        get
        {
            lock (gate) return [.. bans];
        }
    }

    /// <summary>Operations whose answer arrived.</summary>
    public long Acknowledged => Interlocked.Read(ref acknowledged);

    /// <summary>Operations that ran once more after the platform had lost their outcome, and found themselves counted.</summary>
    public long ExecutedAgain => Interlocked.Read(ref executedAgain);

    /// <summary>Answers that the platform repeated by their key.</summary>
    public long Replayed => Interlocked.Read(ref replayed);

    /// <summary>Start of the latest request of <see cref="Load.Counter"/> that succeeded.</summary>
    public DateTimeOffset LastSuccess => new(Interlocked.Read(ref lastSuccess), TimeSpan.Zero);

    /// <summary>A request was answered, or was not.</summary>
    public void Add(Call call)
    {
        calls.Enqueue(call);
        if (call.IsSuccess && call.Caller == Load.Counter) Interlocked.Exchange(ref lastSuccess, call.Started.UtcTicks);
    }

    /// <summary>An operation was acknowledged.</summary>
    /// <param name="again">Whether it had been counted before.</param>
    /// <param name="isReplay">Whether the platform repeated an answer.</param>
    public void Acknowledge(bool again, bool isReplay)
    {
        Interlocked.Increment(ref acknowledged);
        if (isReplay) Interlocked.Increment(ref replayed);
        else if (again) Interlocked.Increment(ref executedAgain);
    }

    /// <summary>From now on nobody may see it, after a bound.</summary>
    public void Ban(string what, TimeSpan bound)
    {
        lock (gate) bans.Add(new Ban(what, time.GetUtcNow(), bound, null));
    }

    /// <summary>It is about to be given again.</summary>
    public void Lift(string what)
    {
        lock (gate)
        {
            for (var index = 0; index < bans.Count; index++)
            {
                if (bans[index].What == what && bans[index].Until is null) bans[index] = bans[index] with { Until = time.GetUtcNow() };
            }
        }
    }

    /// <summary>Does something and writes down when.</summary>
    /// <param name="what">What it is.</param>
    /// <param name="step">Does it, and says what became of it.</param>
    /// <param name="takesServiceAway">Whether callers are meant to have no success meanwhile.</param>
    public async Task<string> RecordAsync(string what, Func<Task<string>> step, bool takesServiceAway = false)
    {
        var from = time.GetUtcNow();
        var outcome = await step();
        steps.Enqueue(new Step(what, from, time.GetUtcNow(), outcome, takesServiceAway));
        return outcome;
    }

    /// <summary>Writes all of it to a file: a line of JSON for each step, ban and request.</summary>
    public async Task WriteAsync(string file)
    {
        await using var writer = new StreamWriter(file);
        foreach (var step in Steps) await writer.WriteLineAsync(JsonSerializer.Serialize(new { step }, JsonSerializerOptions.Web));
        foreach (var ban in Bans) await writer.WriteLineAsync(JsonSerializer.Serialize(new { ban }, JsonSerializerOptions.Web));
        foreach (var call in Calls) await writer.WriteLineAsync(JsonSerializer.Serialize(new { call }, JsonSerializerOptions.Web));
    }
}
