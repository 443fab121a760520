using Spectre.Console;

namespace Alga.Extensions.Platform.Progress;

/// <summary>A spinner and a clock for each running step: for terminals.</summary>
internal sealed class LiveProgress(ProgressContext context) : IStartProgress
{
    private readonly List<string> notices = [];

    /// <summary>Told when the display has ended: it draws over whatever is written meanwhile.</summary>
    public IReadOnlyList<string> Notices => notices;

    public async Task<T> StepAsync<T>(string title, Func<Task<T>> step)
    {
        var task = context.AddTask(Markup.Escape(title));
        task.IsIndeterminate = true;
        task.StartTask();
        try
        {
            var result = await step().ConfigureAwait(false);
            task.Value = task.MaxValue;
            task.Description = "[green]" + Markup.Escape(title) + "[/]";
            return result;
        }
        catch (Exception)
        {
            task.Description = "[red]" + Markup.Escape(title) + "[/]";
            throw;
        }
        finally
        {
            task.StopTask();
        }
    }

    public void Notice(string text)
    {
        lock (notices) notices.Add(text);
    }
}
