namespace Alga.Extensions.Database;

/// <summary>Times that are stored.</summary>
public static class DatabaseTime
{
    /// <summary>Now in UTC, cut to the microseconds that PostgreSQL keeps, so that the answer to a write equals the next read.</summary>
    public static DateTime GetDatabaseNow(this TimeProvider time)
    {
        var now = time.GetUtcNow().UtcDateTime;
        return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond));
    }
}
