using System.Globalization;

namespace Alga.Extensions.Runner.Http.Tests;

public sealed class ThreadPoliciesTests
{
    [Fact]
    public void All_threads_that_there_are_have_the_policy_that_was_set_last()
    {
        using var done = new ManualResetEventSlim();
        var sleeping = new Thread(done.Wait);
        sleeping.Start();
        try
        {
            foreach (var next in new[] { ThreadPolicy.Batch, ThreadPolicy.Interrupting })
            {
                Assert.True(ThreadPolicies.SetAll(next));
                Assert.All(OfThreads(), found => Assert.Equal(next, found));
            }
        }
        finally
        {
            ThreadPolicies.SetAll(ThreadPolicy.Interrupting);
            done.Set();
            sleeping.Join();
        }
    }

    /// <summary>Field 41 of proc_pid_stat(5), counted from the third, which follows the name and its bracket.</summary>
    private static List<ThreadPolicy> OfThreads()
    {
        var policies = new List<ThreadPolicy>();
        foreach (var folder in Directory.GetDirectories("/proc/self/task"))
        {
            try
            {
                var text = File.ReadAllText(Path.Combine(folder, "stat"));
                policies.Add((ThreadPolicy)int.Parse(text[(text.LastIndexOf(')') + 2)..].Split(' ')[41 - 3], CultureInfo.InvariantCulture));
            }
            catch (IOException)
            {
                // It has ended.
            }
        }

        return policies;
    }
}
