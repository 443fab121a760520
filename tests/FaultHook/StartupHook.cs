using System.Diagnostics;

/// <summary>
/// Kills the process it was loaded into, by SIGKILL, at one step of one publish. <c>ALGA_TEST_KILL_AT</c> says which, as
/// <c>step target</c>. The program itself is the one that is deployed; all it does is to tell how far it is.
/// </summary>
/// <remarks>The runtime looks for exactly this name, outside any namespace.</remarks>
#pragma warning disable CA1050 // Said above.
public static class StartupHook
#pragma warning restore CA1050
{
    public static void Initialize()
    {
        if (Environment.GetEnvironmentVariable("ALGA_TEST_KILL_AT")?.Split(' ', 2) is [var step, var target])
        {
            DiagnosticListener.AllListeners.Subscribe(new Listeners(new Killer(step, target)));
        }
    }

    private sealed class Listeners(Killer killer) : IObserver<DiagnosticListener>
    {
        public void OnNext(DiagnosticListener value)
        {
            if (value.Name == "Alga.Extensions.Registry.Publish") value.Subscribe(killer);
        }

        public void OnCompleted()
        {
        }

        public void OnError(Exception error)
        {
        }
    }

    private sealed class Killer(string step, string target) : IObserver<KeyValuePair<string, object?>>
    {
        public void OnNext(KeyValuePair<string, object?> value)
        {
            if (value.Key != step || (string?)value.Value != target) return;
            // SIGKILL: no handler, no finally, no flush.
            Process.GetCurrentProcess().Kill();
            // The signal is on its way; nothing more of this publish may happen.
            using var never = new ManualResetEventSlim();
            never.Wait();
        }

        public void OnCompleted()
        {
        }

        public void OnError(Exception error)
        {
        }
    }
}
