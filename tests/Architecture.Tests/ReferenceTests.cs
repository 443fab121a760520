namespace Alga.Extensions.Architecture.Tests;

public sealed class ReferenceTests
{
    [Fact]
    public void References_point_down()
    {
        var upward =
            from project in Project.All
            from reference in project.References
            let floor = Layers.Of(project.Path)
            let below = Layers.Of(reference)
            where below > floor || (below == floor && !Layers.MayReferenceSibling(floor))
            select $"{project.Path} ({floor}) -> {reference} ({below})";

        Assert.Empty(upward);
    }

    [Fact]
    public void Registry_gateway_runner_and_command_line_do_not_reference_each_other()
    {
        var crossing =
            from project in Project.All
            where Layers.Of(project.Path) is Layer.Slice or Layer.Host
            from reference in project.References
            where Layers.Of(reference) is Layer.Slice or Layer.Host
            where Layers.Area(project.Path) != Layers.Area(reference)
            select $"{project.Path} -> {reference}";

        Assert.Empty(crossing);
    }

    [Fact]
    public void Contracts_and_the_local_function_host_reference_nothing()
    {
        var ground = Project.All.Where(project => Layers.Of(project.Path) == Layer.Ground).ToList();

        Assert.Equal(2, ground.Count);
        Assert.All(ground, project => Assert.Empty(project.References));
        Assert.All(ground, project => Assert.Empty(project.Packages));
    }

    [Theory]
    [InlineData("Wasmtime", "runner-container/Runner.Engine/Runner.Engine.csproj")]
    [InlineData("Azure.Storage.Blobs", "shared/BlobStorage/BlobStorage.csproj")]
    [InlineData("AWSSDK.S3", "shared/BlobStorage/BlobStorage.csproj")]
    [InlineData("Azure.Security.KeyVault.Secrets", "shared/Secrets/Secrets.csproj")]
    [InlineData("ZstdSharp.Port", "shared/Bundles/Bundles.csproj")]
    public void A_package_with_one_job_is_known_in_one_place(string package, string home)
    {
        var users = Project.All
            .Where(project => Layers.Of(project.Path) != Layer.Test && project.Packages.Contains(package))
            .Select(project => project.Path);

        Assert.Equal([home], users);
    }

    [Fact]
    public void Every_project_is_in_the_solution()
    {
        var solution = SourceTree.Read("Functions.sln").Replace('\\', '/');

        Assert.DoesNotContain(Project.All, project => !solution.Contains(project.Path, StringComparison.Ordinal));
    }
}
