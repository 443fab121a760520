using Wasmtime.Components;

namespace Alga.Extensions.Runner.Engine;

/// <summary>Interface <c>secrets</c>.</summary>
internal static class SecretsImports
{
    public static readonly HostFunction[] Functions =
    [
        new("get", (host, arguments) => Values.Result(host.Secrets.Get(arguments[0].AsString()), ComponentValue.String, CaseName)),
        new("names", (host, _) => Values.Result(host.Secrets.GetNames(), Values.Strings, CaseName)),
    ];

    private static string CaseName(SecretsErrorKind kind) => kind switch
    {
        SecretsErrorKind.Denied => "denied",
        SecretsErrorKind.Missing => "missing",
        SecretsErrorKind.Expired => "expired",
        SecretsErrorKind.Unavailable => "unavailable",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };
}
