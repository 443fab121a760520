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
/// Remembers used tokens for at least as long as they are valid. Those that expire within the same seconds are remembered and forgotten together,
/// so a request looks at one set, and no id is ever looked for to be forgotten. A token is known by its request id and by when it expires: the same request
/// may have another one later. It knows only this process: with several runners a token counts once on each, within its minute.
/// </summary>
/// <param name="time">Clock.</param>
/// <param name="capacity">Ids that are remembered, at 30 to 60 bytes each. One stays for 140 seconds after its token was issued at most, longer by what the issuer's clock is ahead.</param>
public sealed class ReplayGuard(TimeProvider time, int capacity)
{
    /// <summary>Room for each processor: more requests in these 140 seconds than one can answer, which is some 10,000 in a second.</summary>
    public const int CapacityOfProcessor = 1_500_000;

    private const int PeriodSeconds = 10;

    private readonly Lock gate = new();
    private readonly Dictionary<long, Period> periods = [];
    private readonly Stack<HashSet<Guid>> spare = new();
    private long looked = time.GetTimestamp();
    private int count;

    /// <summary>Marks a token as used. Call it once per request, after the token was verified.</summary>
    public TokenUse Use(ServiceTokenClaims claims)
    {
        lock (gate)
        {
            Forget();
            var period = PeriodOf(claims.ExpiresAt / PeriodSeconds);
            if (count >= capacity) return period.Ids.Contains(claims.RequestId) ? TokenUse.Repeated : TokenUse.Full;
            if (!period.Ids.Add(claims.RequestId)) return TokenUse.Repeated;
            count++;
            return TokenUse.First;
        }
    }

    private Period PeriodOf(long number)
    {
        if (!periods.TryGetValue(number, out var period)) periods.Add(number, period = new Period(spare.TryPop(out var ids) ? ids : []));
        // Until its last token has expired, and a skew longer: the clock may be set back meanwhile.
        var left = DateTimeOffset.FromUnixTimeSeconds((number + 1) * PeriodSeconds) + (2 * ServiceToken.ClockSkew) - time.GetUtcNow();
        period.Until = Math.Max(period.Until, time.GetTimestamp() + (long)(left.TotalSeconds * time.TimestampFrequency));
        return period;
    }

    private void Forget()
    {
        if (time.GetElapsedTime(looked) < TimeSpan.FromSeconds(PeriodSeconds)) return;
        looked = time.GetTimestamp();
        foreach (var (number, period) in periods)
        {
            if (looked < period.Until) continue;
            periods.Remove(number);
            count -= period.Ids.Count;
            period.Ids.Clear();
            spare.Push(period.Ids);
        }
    }

    /// <summary>Tokens that expire within the same seconds.</summary>
    private sealed class Period(HashSet<Guid> ids)
    {
        public HashSet<Guid> Ids => ids;

        /// <summary>Timestamp at which they are forgotten.</summary>
        public long Until { get; set; }
    }
}
