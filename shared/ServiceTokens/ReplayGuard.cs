namespace Alga.Extensions.ServiceTokens;

/// <summary>What <see cref="ReplayGuard.Use"/> found.</summary>
public enum TokenUse
{
    /// <summary>Never seen: go on.</summary>
    First,

    /// <summary>Used before: refuse.</summary>
    Repeated,

    /// <summary>No room to remember it: refuse for now, since forgetting another would let that one be used again.</summary>
    Full,
}

/// <summary>
/// Remembers used tokens for at least as long as they are valid. Two generations of ids take turns, so nothing is ever
/// swept on a request. It knows only this process: with several runners a token counts once on each, within its minute.
/// </summary>
/// <param name="time">Clock.</param>
/// <param name="capacity">Ids remembered in each of the two generations, at about 40 bytes each.</param>
public sealed class ReplayGuard(TimeProvider time, int capacity = 1_000_000)
{
    /// <summary>Longest time between the first and the last moment at which a token can be accepted.</summary>
    private static readonly TimeSpan Generation = ServiceToken.Lifetime + (2 * ServiceToken.ClockSkew);

    private readonly Lock gate = new();
    private HashSet<Guid> current = [];
    private HashSet<Guid> previous = [];
    private long currentSince = time.GetTimestamp();

    /// <summary>Marks a token as used. Call it once per request, after the token was verified.</summary>
    public TokenUse Use(Guid requestId)
    {
        lock (gate)
        {
            Turn();
            if (previous.Contains(requestId) || current.Contains(requestId)) return TokenUse.Repeated;
            if (current.Count >= capacity) return TokenUse.Full;
            current.Add(requestId);
            return TokenUse.First;
        }
    }

    private void Turn()
    {
        var age = time.GetElapsedTime(currentSince);
        if (age < Generation) return;

        (previous, current) = (current, previous);
        current.Clear();
        if (age >= 2 * Generation) previous.Clear();
        currentSince = time.GetTimestamp();
    }
}
