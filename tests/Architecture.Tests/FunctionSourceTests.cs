namespace Alga.Extensions.Architecture.Tests;

/// <summary>The function apps are one source for two hosts: nothing in it may ask which one it is.</summary>
public sealed class FunctionSourceTests
{
    private static IEnumerable<string> Sources => SourceTree.Files("functions", "*.cs");

    [Fact]
    public void Function_apps_hold_no_conditional_compilation()
    {
        Assert.NotEmpty(Sources);
        Assert.DoesNotContain(Sources, path => SourceTree.Read(path).Contains("#if", StringComparison.Ordinal));
    }

    [Fact]
    public void Function_apps_do_not_name_the_local_host()
    {
        Assert.DoesNotContain(Sources, path => SourceTree.Read(path).Contains("LocalFunctions", StringComparison.Ordinal));
    }

    [Fact]
    public void Each_trigger_states_that_the_platform_authenticates_itself()
    {
        var triggers = Sources
            .SelectMany(path => SourceTree.Read(path).Split('\n').Where(line => line.Contains("HttpTrigger(", StringComparison.Ordinal)))
            .ToList();

        Assert.NotEmpty(triggers);
        Assert.All(triggers, line => Assert.Contains("HttpTrigger(AuthorizationLevel.Anonymous", line, StringComparison.Ordinal));
    }
}
