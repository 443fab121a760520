namespace Alga.Extensions.Services.Dotnet;

/// <summary>How one of the platform's own programs is run.</summary>
public sealed record DotnetServiceOptions
{
    public required string Name { get; init; }

    /// <summary>The built program.</summary>
    public required string Assembly { get; init; }

    public required int Port { get; init; }

    /// <summary>Answered with success when it may receive work.</summary>
    public required Uri ReadyUrl { get; init; }

    public required IReadOnlyDictionary<string, string?> Environment { get; init; }

    public required string LogFile { get; init; }

    /// <summary>SHA-256 of the certificate where <see cref="ReadyUrl"/> is https, read once the program runs.</summary>
    public Func<string?>? ReadThumbprint { get; init; }

    /// <summary>Statuses that mean ready besides success, such as a 401 that asks for a token.</summary>
    public IReadOnlyList<int> ReadyStatuses { get; init; } = [];
}
