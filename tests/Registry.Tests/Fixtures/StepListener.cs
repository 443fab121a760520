using System.Diagnostics;

namespace Alga.Extensions.Registry.Tests.Fixtures;

/// <summary>Hears how far publishes and collections in this process are.</summary>
internal sealed class StepListener : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>, IDisposable
{
    private readonly string listener;
    private readonly Action<string, string> reached;
    private readonly List<IDisposable> subscriptions = [];

    /// <param name="listener">Name of the source, such as <c>PublishSteps.ListenerName</c>.</param>
    /// <param name="reached">Called on the thread that does the work, which waits for it, with step and target.</param>
    public StepListener(string listener, Action<string, string> reached)
    {
        this.listener = listener;
        this.reached = reached;
        subscriptions.Add(DiagnosticListener.AllListeners.Subscribe(this));
    }

    public void OnNext(DiagnosticListener value)
    {
        if (value.Name == listener) subscriptions.Add(value.Subscribe(this));
    }

    public void OnNext(KeyValuePair<string, object?> value) => reached(value.Key, (string)value.Value!);

    public void OnCompleted()
    {
    }

    public void OnError(Exception error)
    {
    }

    public void Dispose()
    {
        foreach (var subscription in subscriptions) subscription.Dispose();
    }
}

/// <summary>Holds a publish or a collection at one step until it is let go.</summary>
internal sealed class Pause : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly TaskCompletionSource reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ManualResetEventSlim go = new();
    private readonly StepListener listener;

    public Pause(string source, string step, string target) => listener = new StepListener(source, (at, what) =>
    {
        if (at != step || what != target) return;
        reached.TrySetResult();
        go.Wait(Patience);
    });

    /// <summary>Completes when the work is held.</summary>
    public Task Reached => reached.Task.WaitAsync(Patience);

    /// <summary>Lets the work go on, now and whenever it comes there again.</summary>
    public void Release() => go.Set();

    public void Dispose()
    {
        Release();
        listener.Dispose();
    }
}
