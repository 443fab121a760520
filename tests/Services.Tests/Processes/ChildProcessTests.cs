using System.Diagnostics;
using Alga.Extensions.Services.Processes;

namespace Alga.Extensions.Services.Tests.Processes;

public sealed class ChildProcessTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("alga-child-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task An_exit_code_is_told_and_the_log_holds_both_streams()
    {
        using var child = await StartAsync("echo out; echo err >&2; exit 3");

        Assert.Equal("probe ended with exit code 3.", await child.WaitForExitAsync(CancellationToken.None));
        Assert.Contains("out", child.ReadLogTail(), StringComparison.Ordinal);
        Assert.Contains("err", child.ReadLogTail(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_killed_child_is_told_by_its_signal()
    {
        using var child = await StartAsync("kill -9 $$");

        Assert.Equal("probe was ended by signal 9.", await child.WaitForExitAsync(CancellationToken.None));
    }

    [Fact]
    public async Task A_child_that_ignores_the_stop_signal_is_killed_with_its_own_children()
    {
        var pidFile = Path.Combine(folder, "grandchild");
        using var child = await StartAsync($"trap '' TERM; sleep 1000 & echo $! > {pidFile}; while :; do sleep 1; done", TimeSpan.FromMilliseconds(200));
        var grandchild = await ReadPidAsync(pidFile);

        await child.StopAsync();

        Assert.True(child.HasExited);
        await WaitUntilGoneAsync(grandchild);
    }

    [Fact]
    public async Task A_child_dies_with_a_parent_that_is_killed()
    {
        // The parent is a process of its own, which the same chain of commands starts a child from.
        var pidFile = Path.Combine(folder, "child");
        using var parent = await StartAsync(
            $"setsid setpriv --pdeathsig KILL sh -c 'echo $$ > {pidFile}; exec sleep 1000' & wait");
        var child = await ReadPidAsync(pidFile);

        Process.GetProcessById(parent.Id).Kill();
        await parent.WaitForExitAsync(CancellationToken.None);

        await WaitUntilGoneAsync(child);
    }

    [Fact]
    public async Task A_missing_program_is_an_exit_with_the_reason_in_the_log()
    {
        using var child = await ChildProcess.StartAsync(Options() with { FileName = "no-such-program" });

        Assert.Contains("127", await child.WaitForExitAsync(CancellationToken.None), StringComparison.Ordinal);
        Assert.Contains("no-such-program", child.ReadLogTail(), StringComparison.Ordinal);
    }

    private Task<ChildProcess> StartAsync(string script, TimeSpan? grace = null) =>
        ChildProcess.StartAsync(Options() with { Arguments = ["-c", script], StopGrace = grace ?? TimeSpan.FromSeconds(5) });

    private ChildOptions Options() => new()
    {
        Name = "probe",
        FileName = "sh",
        WorkingDirectory = folder,
        LogFile = Path.Combine(folder, "probe.log"),
    };

    private static async Task<int> ReadPidAsync(string file)
    {
        while (!File.Exists(file) || new FileInfo(file).Length == 0) await Task.Delay(10);
        return int.Parse(await File.ReadAllTextAsync(file), System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>Ends with the test's own time limit when it stays. A zombie counts as gone: only its entry is left.</summary>
    private static async Task WaitUntilGoneAsync(int pid)
    {
        while (File.Exists($"/proc/{pid}/stat") && !(await File.ReadAllTextAsync($"/proc/{pid}/stat")).Contains(") Z ", StringComparison.Ordinal))
        {
            await Task.Delay(20);
        }
    }
}
