using Alga.Extensions.Runner.Compiler;
using Alga.Extensions.Runner.Engine;

// Compiles one component: its bytes on standard input, a CompilerAnswer on standard output, the outcome as exit code.
// It is told what it may use and nothing else, and it dies of whatever a hostile component makes it do.
var metered = args is [CompilerFlags.Metered, ..];
if (CompilerLimits.TryParse(metered ? args[1..] : args) is not { } limits)
{
    Console.Error.WriteLine("usage: Alga.Extensions.Runner.Compiler [--metered] --memory-mb 64-16384 --cpu-seconds 1-600 < component > answer");
    return (int)CompilerExit.Misused;
}

var exit = CompilerExit.Misused;
// Deeply nested code makes the compiler's recursion deep: a stack of a known size, whatever the main thread's is.
var thread = new Thread(() => exit = Work(limits, metered), maxStackSize: 16 * 1024 * 1024);
thread.Start();
thread.Join();
return (int)exit;

static CompilerExit Work(CompilerLimits limits, bool metered)
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

    if (!engine.Compile(wasm.GetBuffer().AsSpan(0, (int)wasm.Length)).TryGet(out var guest, out var refusal))
    {
        return refusal == GuestComponent.NoHandler ? CompilerExit.NoHandler : CompilerExit.NotCompilable;
    }

    using (guest)
    {
        CompilerAnswer.Write(output, isLarge ? GuestClass.Large : GuestProbe.Measure(guest, TimeProvider.System), guest.Serialize());
    }

    return CompilerExit.Compiled;
}
