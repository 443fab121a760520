using Spectre.Console;

namespace Alga.Extensions.Platform.Progress;

/// <summary>Picks the display that fits where the output goes.</summary>
internal static class StartDisplay
{
    public static async Task RunAsync(TimeProvider time, Func<IStartProgress, Task> work)
    {
        if (Console.IsOutputRedirected || !AnsiConsole.Profile.Capabilities.Ansi)
        {
            await work(new PlainProgress(Console.Out, time)).ConfigureAwait(false);
            return;
        }

        IReadOnlyList<string> notices = [];
        try
        {
            await AnsiConsole.Progress()
                .Columns(new SpinnerColumn(), new TaskDescriptionColumn { Alignment = Justify.Left }, new ElapsedTimeColumn())
                .StartAsync(async context =>
                {
                    var live = new LiveProgress(context);
                    notices = live.Notices;
                    await work(live).ConfigureAwait(false);
                }).ConfigureAwait(false);
        }
        finally
        {
            foreach (var notice in notices) AnsiConsole.MarkupLineInterpolated($"[yellow]note:[/] {notice}");
        }
    }
}
