namespace Alga.Extensions.Runner.Engine;

/// <summary>Interface <c>secrets</c>.</summary>
public interface ISecretsCalls
{
    HostResult<string, SecretsErrorKind> Get(string name);

    HostResult<IReadOnlyList<string>, SecretsErrorKind> GetNames();
}

/// <summary>Cases of variant <c>error</c>.</summary>
public enum SecretsErrorKind
{
    Denied = 0,
    Missing,
    Expired,
    Unavailable,
}
