using System.CommandLine;
using System.Runtime.InteropServices;
using Alga.Extensions.DevHost;
using Alga.Extensions.DevHost.Replay;

if (args is [ReplayCommand.Name, .. var rest])
{
    var replay = ReplayCommand.Create(ReplayRun.RunAsync).Parse(rest);
    var ended = await replay.InvokeAsync();
    return replay.Errors.Count > 0 ? 2 : ended;
}

using var stop = new CancellationTokenSource();
void Stop(PosixSignalContext context)
{
    context.Cancel = true;
    stop.Cancel();
}

using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, Stop);

// Whoever started this holds its standard input open; when that one is gone, however it went, nobody is left to stop it.
_ = Task.Run(() =>
{
    while (Console.In.ReadLine() is not null)
    {
        // Nothing is said on it.
    }

    stop.Cancel();
});

var parsed = DevHostCommand.Create((options, _) => DevHostRun.RunAsync(options, stop.Token)).Parse(args);
var exitCode = await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });
return parsed.Errors.Count > 0 ? 2 : exitCode;
