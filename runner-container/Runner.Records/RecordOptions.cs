namespace Alga.Extensions.Runner.Records;

/// <summary>How records are kept until the database has them.</summary>
public sealed record RecordOptions
{
    /// <summary>Records in one transaction at most: half of <see cref="Capacity"/>, so that what comes while it is written has room.</summary>
    public const int MaxBatch = 5_000;

    /// <summary>With so many waiting there is no pause before the next batch.</summary>
    public const int WorthABatch = 1_000;

    /// <summary>Folder for records while the database is away; null for none, which keeps them in memory as long as there is room.</summary>
    public string? SpoolRoot { get; init; }

    /// <summary>Size of that folder, in bytes. Beyond it new records are lost, and counted.</summary>
    public long SpoolBytes { get; init; } = 256L * 1024 * 1024;

    /// <summary>Records in memory, beside the batch that is being written: what a kill can lose at most is both.</summary>
    public int Capacity { get; init; } = 10_000;

    /// <summary>How long a record waits in memory for others to be written with it. A kill loses what was answered in this time.</summary>
    public TimeSpan FlushInterval { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Pause before the database is tried again.</summary>
    public TimeSpan RetryPause { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long an answer is held back for room in memory before its record is given up.</summary>
    public TimeSpan MaxWait { get; init; } = TimeSpan.FromSeconds(1);
}
