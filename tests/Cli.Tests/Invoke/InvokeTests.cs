using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Alga.Extensions.Cli.Tests.Invoke;

public sealed class InvokeTests : IAsyncLifetime
{
    private const string Canary = "canary-token-5f1c";

    private readonly string folder = Directory.CreateTempSubdirectory("alga-ext-").FullName;
    private WebApplication gateway = null!;
    private string asked = "";
    private Func<HttpContext, Task> answer = context => context.Response.WriteAsync("{}");

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        gateway = builder.Build();
        gateway.Run(async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            asked = $"{context.Request.Method} {context.Request.Path}{context.Request.QueryString} {context.Request.Headers.Authorization} {await reader.ReadToEndAsync()}";
            await answer(context);
        });
        await gateway.StartAsync();
        await File.WriteAllTextAsync(Token, Canary);
    }

    public async Task DisposeAsync()
    {
        await gateway.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private string Token => Path.Combine(folder, "token");

    [Fact]
    public async Task A_call_goes_to_the_endpoint_as_the_tokens_user_and_the_token_is_not_shown()
    {
        answer = context =>
        {
            context.Response.Headers["x-ext-mark"] = "7";
            return context.Response.WriteAsync("""{"a":1}""");
        };
        var run = await RunAsync("com.acme.reports", "/notes?limit=5", "--json");
        Assert.Equal(0, run.ExitCode);
        Assert.StartsWith($"GET /api/ext/com.acme.reports/notes?limit=5 Bearer {Canary}", asked, StringComparison.Ordinal);
        Assert.Equal(200, run.Json.GetProperty("status").GetInt32());
        Assert.Equal("7", run.Json.GetProperty("headers").GetProperty("x-ext-mark").GetString());
        Assert.Equal("""{"a":1}""", run.Json.GetProperty("body").GetString());
        Assert.DoesNotContain(Canary, run.Output + run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_makes_it_a_POST()
    {
        var body = Path.Combine(folder, "body.json");
        await File.WriteAllTextAsync(body, """{"text":"x"}""");
        await RunAsync("com.acme.reports", "/notes", "--body", body);
        Assert.StartsWith("POST /api/ext/com.acme.reports/notes", asked, StringComparison.Ordinal);
        Assert.EndsWith("""{"text":"x"}""", asked, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_error_status_is_the_exit_code_and_an_answer_cannot_write_to_the_terminal()
    {
        answer = context =>
        {
            context.Response.StatusCode = 404;
            return context.Response.WriteAsync("\u001b[31mred");
        };
        var run = await RunAsync("com.acme.reports", "/none");
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("HTTP 404", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', run.Output);
    }

    [Fact]
    public async Task A_redirect_is_shown_and_the_token_does_not_follow_it()
    {
        answer = context =>
        {
            context.Response.Redirect("/elsewhere");
            return Task.CompletedTask;
        };
        Assert.Contains("HTTP 302", (await RunAsync("com.acme.reports", "/x")).Output, StringComparison.Ordinal);
        Assert.StartsWith("GET /api/ext/com.acme.reports/x", asked, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://gateway.example.com")]
    [InlineData("https://user:password@gateway.example.com")]
    [InlineData("ftp://127.0.0.1")]
    [InlineData("gateway")]
    public async Task A_gateway_that_a_token_must_not_go_to_is_wrong_usage(string url)
    {
        Assert.Equal(2, (await CliRun.RunAsync("invoke", "com.acme.reports", "/x", "--gateway", url, "--token-file", Token)).ExitCode);
    }

    [Fact]
    public async Task Without_a_running_dev_the_call_is_refused()
    {
        var run = await CliRun.RunAsync("invoke", "--dev", folder, "/x", "--json");
        Assert.Equal("dev_not_running", run.ErrorCode);
    }

    private Task<CliRun> RunAsync(params string[] arguments) => CliRun.RunAsync(["invoke", .. arguments, "--gateway", gateway.Urls.Single(), "--token-file", Token]);
}
