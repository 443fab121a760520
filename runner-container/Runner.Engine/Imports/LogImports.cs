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
        new("write", 3, static (running, arguments, ref _) =>
        {
            var fields = Pairs.Read(arguments[2].AsList());
            if (fields.Contains(OutOfMemory)) running.IsOutOfMemory = true;
            running.Host.Log.Write(Level(arguments[0].AsEnum()), arguments[1].AsText().ToString(), fields);
            return default;
        }),
    ];

    private static GuestLogLevel Level(NativeName name) => name.ToString() switch
    {
        "debug" => GuestLogLevel.Debug,
        "info" => GuestLogLevel.Info,
        "warn" => GuestLogLevel.Warn,
        "error" => GuestLogLevel.Error,
        _ => throw new InvalidOperationException("Unknown log level."),
    };
}
