using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Alga.Extensions.AlgaExt.Common;
using Alga.Extensions.AlgaExt.Doctor;
using Alga.Extensions.Services;

namespace Alga.Extensions.Cli.Tests.Doctor;

[SuppressMessage("Interoperability", "CA1416", Justification = "Tests run on Linux.")]
public sealed class DoctorTests : IDisposable
{
    private readonly ExtensionFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(0, "v20.19.0", CheckState.Ok)]
    [InlineData(0, "20.20.2\n", CheckState.Ok)]
    [InlineData(0, "v20.18.9", CheckState.Fault)]
    [InlineData(0, "v8.1.0", CheckState.Fault)]
    [InlineData(0, "no version", CheckState.Fault)]
    [InlineData(1, "v22.0.0", CheckState.Fault)]
    internal void A_tool_that_is_too_old_or_does_not_work_is_a_fault_with_a_way_out(int exitCode, string output, CheckState state)
    {
        var check = ToolChecks.Judge("node", new Version(20, 19), "Install it.", new ToolRun(exitCode, output));
        Assert.Equal(state, check.State);
        Assert.Equal(state == CheckState.Ok ? null : "Install it.", check.Todo);
    }

    [Fact]
    public void A_tool_that_is_not_there_is_a_fault()
    {
        Assert.Equal(CheckState.Fault, ToolChecks.Judge("node", new Version(20, 19), "Install it.", null).State);
    }

    [Fact]
    public async Task Every_fault_of_a_manifest_is_told_and_the_exit_code_says_that_there_is_one()
    {
        folder.Write("extension/manifest.json", """{ "manifestVersion": 1, "nonsense": true }""");
        var run = await CliRun.RunAsync("doctor", folder.Source, "--json");
        Assert.Equal(1, run.ExitCode);
        Assert.False(run.Json.GetProperty("ok").GetBoolean());
        var manifest = Check(run, "manifest");
        Assert.Equal("fault", manifest.GetProperty("state").GetString());
        Assert.Contains("nonsense", manifest.GetProperty("found").GetString(), StringComparison.Ordinal);
        Assert.NotNull(manifest.GetProperty("todo").GetString());
    }

    [Fact]
    public async Task A_key_that_others_can_read_is_a_fault()
    {
        await folder.SignAsync();
        Assert.Equal("ok", Check(await CliRun.RunAsync("doctor", folder.Source, "--key", folder.Key, "--json"), "signing key").GetProperty("state").GetString());
        File.SetUnixFileMode(folder.Key, UnixFileMode.UserRead | UnixFileMode.OtherRead);
        var run = await CliRun.RunAsync("doctor", folder.Source, "--key", folder.Key, "--json");
        Assert.Contains("chmod 600", Check(run, "signing key").GetProperty("todo").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_registry_that_does_not_answer_is_a_fault_and_nobody_is_asked_to_sign_in()
    {
        var run = await CliRun.RunAsync("doctor", folder.Source, "--registry", $"http://127.0.0.1:{LoopbackPort.PickFree()}", "--json");
        Assert.Equal("fault", Check(run, "registry").GetProperty("state").GetString());
        Assert.DoesNotContain(run.Json.GetProperty("checks").EnumerateArray(), check => check.GetProperty("name").GetString() == "signed in");
    }

    private static JsonElement Check(CliRun run, string name) => run.Json.GetProperty("checks").EnumerateArray().Single(check => check.GetProperty("name").GetString() == name);
}
