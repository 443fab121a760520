namespace Alga.Extensions.Services.Postgres;

/// <summary>Where an embedded PostgreSQL runs.</summary>
public sealed record PostgresOptions
{
    public required string RepositoryRoot { get; init; }

    /// <summary>Folder of its data and password; made when missing.</summary>
    public required string StateFolder { get; init; }

    public required string LogFile { get; init; }

    /// <summary>Loopback port.</summary>
    public required int Port { get; init; }

    /// <summary>Whether committed data survives a crash of the machine. Tests go without.</summary>
    public bool Durable { get; init; } = true;
}
