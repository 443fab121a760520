namespace Alga.Extensions.Cli.Tests;

public sealed class UsageTests
{
    [Theory]
    [InlineData]
    [InlineData("no-such-command")]
    [InlineData("pack")]
    [InlineData("pack", "/no/such/folder", "-o", "x")]
    [InlineData("install", "Not A Name", "--version", "1.0.0")]
    [InlineData("install", "com.acme.reports", "--version", "1.0.0", "--grant-all", "--grant", "storage.kv")]
    [InlineData("install", "com.acme.reports", "--version", "1.0.0", "--registry", "http://registry.example.com")]
    [InlineData("logs", "Not A Name")]
    [InlineData("logs", "com.acme.reports", "--execution", "x")]
    [InlineData("logs", "com.acme.reports", "--follow", "--from", "2026-03-01T00:00:00Z")]
    [InlineData("logs", "com.acme.reports", "--follow", "--execution", "01936b2e-0000-7000-8000-00000000ac3e")]
    [InlineData("keygen", "--out", "key.pem", "--publisher", "ACME!")]
    [InlineData("search", "--limit", "0")]
    [InlineData("search", "--limit", "201")]
    [InlineData("yank", "com.acme.reports")]
    [InlineData("yank", "com.acme.reports", "1.0.0")]
    [InlineData("yank", "com.acme.reports", "1.0.0", "--reason", " ")]
    [InlineData("yank", "com.acme.reports", "1.0.0", "--reason", "Broken.", "--undo")]
    [InlineData("yank", "Not A Name", "1.0.0", "--undo")]
    [InlineData("deprecate", "com.acme.reports")]
    [InlineData("deprecate", "com.acme.reports", "--message", "Gone.", "--undo")]
    [InlineData("install", "com.acme.reports", "--version", "1.0.0", "--policy", "latest")]
    [InlineData("upgrade", "Not A Name")]
    [InlineData("upgrade", "com.acme.reports", "--percent", "101")]
    [InlineData("upgrade", "com.acme.reports", "--percent", "some")]
    [InlineData("upgrade", "com.acme.reports", "--grant-all", "--egress", "api.example.com")]
    [InlineData("upgrade", "com.acme.reports", "--preview", "--grant-all")]
    [InlineData("upgrade", "com.acme.reports", "--reject", "--version", "1.0.0")]
    [InlineData("rollback", "Not A Name")]
    [InlineData("uninstall")]
    [InlineData("restore")]
    public async Task Wrong_usage_is_exit_code_2_with_a_reason(params string[] arguments)
    {
        var run = await CliRun.RunAsync(arguments);

        Assert.Equal(2, run.ExitCode);
        Assert.NotEmpty(run.Error);
    }

    [Fact]
    public async Task Wrong_usage_is_told_in_JSON_too()
    {
        var run = await CliRun.RunAsync("pack", "--json");

        Assert.Equal(2, run.ExitCode);
        Assert.Equal("usage", run.ErrorCode);
    }

    [Theory]
    [InlineData("keygen")]
    [InlineData("pack")]
    [InlineData("sign")]
    [InlineData("verify")]
    [InlineData("publish")]
    [InlineData("install")]
    [InlineData("login")]
    [InlineData("search")]
    [InlineData("yank")]
    [InlineData("deprecate")]
    [InlineData("upgrade")]
    [InlineData("rollback")]
    [InlineData("uninstall")]
    [InlineData("restore")]
    [InlineData("logs")]
    public async Task Help_of_every_command_has_an_example(string command)
    {
        var run = await CliRun.RunAsync(command, "--help");

        Assert.Equal(0, run.ExitCode);
        Assert.Contains($"Example: alga-ext {command} ", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_registry_that_is_not_there_is_a_refusal_with_its_address()
    {
        var token = Path.GetTempFileName();
        await File.WriteAllTextAsync(token, "token");

        var run = await CliRun.RunAsync(
            "install", "com.acme.reports", "--version", "1.0.0", "--grant-all", "--registry", "http://127.0.0.1:1", "--token-file", token, "--json");

        File.Delete(token);
        Assert.Equal(1, run.ExitCode);
        Assert.Equal("registry_unavailable", run.ErrorCode);
    }
}
