using System.Globalization;

namespace Alga.Extensions.Platform.Progress;

/// <summary>A line when a step is done: for logs and pipes.</summary>
internal sealed class PlainProgress(TextWriter output, TimeProvider time) : IStartProgress
{
    public async Task<T> StepAsync<T>(string title, Func<Task<T>> step)
    {
        var start = time.GetTimestamp();
        var result = await step().ConfigureAwait(false);
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"  {title} ({time.GetElapsedTime(start).TotalSeconds:0.0} s)")).ConfigureAwait(false);
        return result;
    }

    public void Notice(string text) => output.WriteLine("  note: " + text);
}
