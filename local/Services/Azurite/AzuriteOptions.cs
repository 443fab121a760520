namespace Alga.Extensions.Services.Azurite;

/// <summary>Where Azurite runs.</summary>
public sealed record AzuriteOptions
{
    public required string RepositoryRoot { get; init; }

    /// <summary>Folder of its data and account key; made when missing.</summary>
    public required string StateFolder { get; init; }

    public required string LogFile { get; init; }

    /// <summary>Loopback port of the Blob service.</summary>
    public required int BlobPort { get; init; }

    /// <summary>Loopback port of the Queue service.</summary>
    public required int QueuePort { get; init; }
}
