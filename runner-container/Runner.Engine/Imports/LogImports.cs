namespace Alga.Extensions.Runner.Engine;

/// <summary>Interface <c>log</c>.</summary>
internal static class LogImports
{
    /// <summary>
    /// The field by which a guest's runtime says that it is out of memory before it ends: its trap would only say
    /// "unreachable". A guest that lies here changes nothing but the code of its own failure.
    /// </summary>
    private static readonly KeyValuePair<string, string> OutOfMemory = new("alga.fault", "memory_limit");

    public static readonly HostFunction[] Functions =
    [
        new("write", (host, arguments) =>
        {
            var fields = Pairs.Read(arguments[2]);
            if (fields.Contains(OutOfMemory)) RunningInvocation.Current.IsOutOfMemory = true;
            host.Log.Write(Level(arguments[0].AsEnum()), arguments[1].AsString(), fields);
            return null;
        }),
    ];

    private static GuestLogLevel Level(string name) => name switch
    {
        "debug" => GuestLogLevel.Debug,
        "info" => GuestLogLevel.Info,
        "warn" => GuestLogLevel.Warn,
        "error" => GuestLogLevel.Error,
        _ => throw new InvalidOperationException("Unknown log level."),
    };
}
