using Alga.Extensions.Bundles;
using Alga.Extensions.Contracts;
using Alga.Extensions.Services;

namespace Alga.Extensions.Runner.Engine.Tests;

/// <summary>What components that the SDK made say about themselves, as <c>npm run build</c> made the samples.</summary>
public sealed class SdkComponentTests
{
    [Fact]
    public void A_component_imports_the_host_APIs_that_its_code_calls_and_asks_for_no_capability_by_that()
    {
        var hello = Sample("hello");
        Assert.True(ComponentImports.Read(hello).TryGet(out var names, out _));
        Assert.True(names.IsScript);
        Assert.Contains("alga:extension/storage@2.0.0", names.Imports);
        Assert.DoesNotContain("alga:extension/secrets@2.0.0", names.Imports);
        Assert.Empty(ComponentCheck.FindFaults(hello, new ComponentDemands(AnswersHttp: true, ReceivesEvents: true, [], PlatformLimits.DefaultMemoryMb)));
    }

    private static byte[] Sample(string name) => File.ReadAllBytes(Path.Combine(RepositoryRoot.Find(), "samples", name, "dist", "main.wasm"));
}
