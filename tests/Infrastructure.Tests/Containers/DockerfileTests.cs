using System.Diagnostics;
using System.Runtime.Versioning;
using System.Text.Json.Nodes;

namespace Alga.Extensions.Infrastructure.Tests.Containers;

/// <summary>Images as far as they can be known without a container engine: what goes in, as whom it runs, and that it starts.</summary>
public sealed class DockerfileTests
{
    private static readonly string[] Own = ["runner-container/Dockerfile", "scaler/Dockerfile", "infra/setup/Dockerfile"];
    private static readonly string[] FunctionApps = ["functions/registry/Dockerfile", "functions/gateway/Dockerfile"];

    public static TheoryData<string> OwnImages => [.. Own];

    public static TheoryData<string> AllImages => [.. Own, .. FunctionApps];

    [Theory]
    [MemberData(nameof(OwnImages))]
    public void An_image_of_ours_is_pinned_and_has_neither_a_shell_nor_root(string path)
    {
        var file = Dockerfile.Read(path);

        Assert.Equal(2, file.Images.Count);
        Assert.All(file.Images, image => Assert.Matches("@sha256:[0-9a-f]{64}$", image));
        Assert.Contains("-chiseled@", file.Images[^1], StringComparison.Ordinal);
        Assert.Matches("^[1-9][0-9]{4}:[1-9][0-9]{4}$", Assert.Single(file.All("USER")));
        Assert.Equal("dotnet", file.Command("ENTRYPOINT")[0]);
        Assert.Empty(file.All("ADD"));
        Assert.DoesNotContain(file.Instructions.SkipWhile(instruction => instruction.Arguments != file.All("FROM").Last()), instruction => instruction.Name == "RUN");
    }

    [Theory]
    [MemberData(nameof(AllImages))]
    public void What_an_image_publishes_is_there(string path)
    {
        var project = Repository.Path(Dockerfile.Read(path).Publish.Project.Split('/'));

        Assert.Single(Directory.EnumerateFiles(project, "*.csproj"));
    }

    [Theory]
    [MemberData(nameof(AllImages))]
    public void Nothing_secret_is_an_argument_or_a_variable(string path)
    {
        var file = Dockerfile.Read(path);

        Assert.DoesNotContain(file.All("ENV").Concat(file.All("ARG")), text => text.Contains("PASSWORD", StringComparison.OrdinalIgnoreCase) || text.Contains("TOKEN", StringComparison.OrdinalIgnoreCase) || text.Contains("KEY", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public void Function_apps_are_where_their_host_looks_for_them() => Assert.All(FunctionApps, path =>
    {
        var file = Dockerfile.Read(path);
        Assert.StartsWith("mcr.microsoft.com/azure-functions/dotnet-isolated:4-dotnet-isolated10.0@", file.Images[^1], StringComparison.Ordinal);
        Assert.Equal("/home/site/wwwroot", Assert.Single(file.All("WORKDIR"), folder => folder != "/source"));
        Assert.Contains("AzureWebJobsScriptRoot=/home/site/wwwroot", Assert.Single(file.All("ENV")), StringComparison.Ordinal);
        Assert.Contains("FUNCTIONS_WORKER_RUNTIME=dotnet-isolated", Assert.Single(file.All("ENV")), StringComparison.Ordinal);
    });

    [Theory]
    [MemberData(nameof(AllImages))]
    public void Every_base_image_has_its_digest_in_the_file_or_asks_for_it_without_a_default(string path)
    {
        var file = Dockerfile.Read(path);

        // An argument without a default is empty, and a name that ends in @ is none: such a build ends at once.
        Assert.All(file.Images, image => Assert.Matches(@"@(sha256:[0-9a-f]{64}|\$\{FUNCTIONS_DIGEST\})$", image));
        Assert.DoesNotContain(file.All("ARG"), argument => argument.StartsWith("FUNCTIONS_DIGEST=", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(".github/workflows/ci.yml")]
    [InlineData(".github/workflows/release.yml")]
    [InlineData("compose.yaml")]
    public void Who_builds_the_function_apps_gives_the_digest(string path) =>
        Assert.Contains("FUNCTIONS_DIGEST", Repository.Read(path.Split('/')), StringComparison.Ordinal);

    [Theory]
    [InlineData("docker-content-digest: sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\\r\\n", 0)]
    [InlineData("docker-content-digest: sha256:0123\\r\\n", 1)]
    [InlineData("content-length: 5\\r\\n", 1)]
    [UnsupportedOSPlatform("windows")]
    public async Task The_digest_is_what_the_registry_says_or_the_script_fails(string headers, int exitCode)
    {
        var folder = Directory.CreateTempSubdirectory("alga-digest-");
        try
        {
            // In the place of curl: there is no registry in tests.
            var curl = Path.Combine(folder.FullName, "curl");
            await File.WriteAllTextAsync(curl, $"#!/bin/sh\nprintf '{headers}'\n");
            File.SetUnixFileMode(curl, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            var start = new ProcessStartInfo(Repository.Path("eng", "functions-digest")) { RedirectStandardOutput = true, RedirectStandardError = true };
            start.Environment["PATH"] = folder.FullName + Path.PathSeparator + start.Environment["PATH"];
            using var process = Process.Start(start)!;
            var output = await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();

            Assert.Equal(exitCode, process.ExitCode);
            Assert.Equal(exitCode == 0 ? "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\n" : "", output);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void The_user_of_pods_is_the_user_of_images()
    {
        var user = Assert.Single(Dockerfile.Read("runner-container/Dockerfile").All("USER"));

        Assert.All(Kubernetes.Kustomization.BuildOverlay("azure").Where(manifest => manifest.Kind == "Deployment"), deployment =>
            Assert.Equal(user, $"{deployment.Pod["securityContext"]!["runAsUser"]}:{deployment.Pod["securityContext"]!["runAsGroup"]}"));
    }

    // The smallest of ours stands for all: they are published alike, and each takes a build of its own.
    [Fact]
    public async Task Published_as_in_the_image_a_service_starts_and_says_what_it_misses()
    {
        var folder = Directory.CreateTempSubdirectory("alga-image-");
        try
        {
            foreach (var path in Own.Where(path => path.StartsWith("scaler/", StringComparison.Ordinal)))
            {
                var file = Dockerfile.Read(path);
                var app = Path.Combine(folder.FullName, path.Split('/')[^2]);
                var published = await RunAsync(Repository.Root, ["publish", .. file.Publish.Project.Split(' '), .. file.Publish.Options, "--use-current-runtime", "--artifacts-path", Path.Combine(folder.FullName, "build"), "-o", app, "-v", "quiet", "--nologo"]);
                Assert.True(published.ExitCode == 0, published.Output);
                CheckLayout(app, file.Command("ENTRYPOINT")[1]);

                // 78: settings are missing, and all are named. That is as far as a service gets alone.
                var started = await RunAsync(app, file.Command("ENTRYPOINT").Skip(1));
                Assert.True(started.ExitCode == 78, started.Output);
                Assert.Contains("KEY_VAULT_URL: is missing", started.Output, StringComparison.Ordinal);
                if (!file.All("HEALTHCHECK").Any()) continue;
                Assert.Equal(1, (await RunAsync(app, [file.Command("ENTRYPOINT")[1], "healthcheck"])).ExitCode);
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static void CheckLayout(string app, string entry)
    {
        var name = Path.GetFileNameWithoutExtension(entry);
        var framework = JsonNode.Parse(File.ReadAllText(Path.Combine(app, name + ".runtimeconfig.json")))!["runtimeOptions"]!["frameworks"]!.AsArray().Select(item => item!["name"]!.ToString());

        Assert.Contains("Microsoft.AspNetCore.App", framework);
        Assert.True(File.Exists(Path.Combine(app, entry)));
        Assert.Empty(Directory.EnumerateFiles(app, "*.pdb"));
        Assert.Empty(Directory.EnumerateFiles(app, "appsettings*.json"));
        Assert.DoesNotContain(Directory.EnumerateFiles(app), file => Path.GetFileName(file).Contains("xunit", StringComparison.OrdinalIgnoreCase));
    }

    private static async Task<(int ExitCode, string Output)> RunAsync(string folder, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToList()) start.Environment.Remove(name);
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output + await errors);
    }
}
