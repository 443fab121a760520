namespace Alga.Extensions.Runner.Engine;

/// <summary>Interface <c>context</c>.</summary>
public interface IContextCalls
{
    /// <summary>Who calls and for whom.</summary>
    InvocationInfo GetCurrent();
}

/// <summary>Record <c>invocation</c>.</summary>
public sealed record InvocationInfo
{
    public required string RequestId { get; init; }

    public required string TenantId { get; init; }

    public required string ExtensionId { get; init; }

    public required string InstallId { get; init; }

    public required string Version { get; init; }

    public IReadOnlyList<KeyValuePair<string, string>> Config { get; init; } = [];

    public UserInfo? User { get; init; }

    /// <summary>Milliseconds left.</summary>
    public required long DeadlineMs { get; init; }
}

/// <summary>Record <c>user</c>.</summary>
public sealed record UserInfo(string Id, string Email, string Name, IReadOnlyList<string> Roles);
