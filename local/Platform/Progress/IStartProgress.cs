namespace Alga.Extensions.Platform.Progress;

/// <summary>Shows a person what is going on during the start.</summary>
public interface IStartProgress
{
    /// <summary>Runs a step and shows it from begin to end.</summary>
    Task<T> StepAsync<T>(string title, Func<Task<T>> step);

    /// <summary>Tells something that is worth knowing but no fault.</summary>
    void Notice(string text);
}

/// <summary>Steps without a result.</summary>
public static class StartProgressExtensions
{
    public static Task StepAsync(this IStartProgress progress, string title, Func<Task> step) =>
        progress.StepAsync(title, async () =>
        {
            await step().ConfigureAwait(false);
            return true;
        });
}
