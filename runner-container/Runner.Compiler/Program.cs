using Alga.Extensions.Runner.Compiler;
using Alga.Extensions.Runner.Engine;

// Compiles one component, or the code that components share: its bytes on standard input, a CompilerAnswer on standard output, the outcome as exit code.
// It is told what it may use and nothing else, and it dies of whatever a hostile component makes it do.
var metered = args is [CompilerFlags.Metered, ..];
var rest = metered ? args[1..] : args;
var flag = rest is [CompilerFlags.Shared or CompilerFlags.Linked, ..] ? rest[0] : null;
if (CompilerLimits.TryParse(flag is null ? rest : rest[1..]) is not { } limits)
{
    Console.Error.WriteLine("usage: Alga.Extensions.Runner.Compiler [--metered] [--shared | --linked] --memory-mb 64-16384 --cpu-seconds 1-600 < component > answer");
    return (int)CompilerExit.Misused;
}

var exit = CompilerExit.Misused;
// Deeply nested code makes the compiler's recursion deep: a stack of a known size, whatever the main thread's is.
var thread = new Thread(() => exit = Work(limits, metered, flag), maxStackSize: 16 * 1024 * 1024);
thread.Start();
thread.Join();
return (int)exit;

static CompilerExit Work(CompilerLimits limits, bool metered, string? flag)
{
    Native.PreferSmallPages();
    using var input = Console.OpenStandardInput();
    using var output = Console.OpenStandardOutput();
    using var wasm = new MemoryStream();
    input.CopyTo(wasm);
    var options = new EngineOptions { Slots = 1 };
    // Only its length was looked at by now.
    var isLarge = options.GuessClass(wasm.Length) == GuestClass.Large;
    using var engine = new GuestEngine(isLarge ? GuestClass.Large : GuestClass.Compact, metered, options, TimeProvider.System);
    try
    {
        limits.Apply();
    }
    catch (PlatformNotSupportedException exception)
    {
        Console.Error.WriteLine(exception.Message);
        return CompilerExit.Misused;
    }

    var bytes = wasm.GetBuffer().AsSpan(0, (int)wasm.Length);
    if (flag == CompilerFlags.Shared)
    {
        if (!engine.CompileShared(bytes).TryGet(out var code, out _)) return CompilerExit.NotCompilable;
        using (code) CompilerAnswer.Write(output, GuestClass.Script, code.Serialize());
        return CompilerExit.Compiled;
    }

    if (!engine.Compile(bytes).TryGet(out var guest, out var refusal))
    {
        return refusal == GuestComponent.NoHandler ? CompilerExit.NoHandler : CompilerExit.NotCompilable;
    }

    using (guest)
    {
        // Only script engines share code.
        var guestClass = flag == CompilerFlags.Linked ? GuestClass.Script : isLarge ? GuestClass.Large : GuestProbe.Measure(guest, TimeProvider.System);
        CompilerAnswer.Write(output, guestClass, guest.Serialize());
    }

    return CompilerExit.Compiled;
}
