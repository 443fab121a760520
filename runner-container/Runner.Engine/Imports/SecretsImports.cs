namespace Alga.Extensions.Runner.Engine;

/// <summary>Interface <c>secrets</c>.</summary>
internal static class SecretsImports
{
    public static readonly HostFunction[] Functions =
    [
        new("get", 1, static (running, arguments, ref buffer) =>
            Values.Result(running, running.Host.Secrets.Get(arguments[0].AsText().ToString()), Values.Text, ref buffer)) { Span = "secrets.get" },
        new("names", 0, static (running, _, ref buffer) => Values.Result(running, running.Host.Secrets.GetNames(), Values.Texts, ref buffer)) { Span = "secrets.names" },
    ];
}
