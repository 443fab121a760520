using System.Diagnostics.CodeAnalysis;
using Alga.Extensions.Secrets;
using Alga.Extensions.Services.Dotnet;
using Azure;
using Azure.Security.KeyVault.Secrets;

namespace Alga.Extensions.Services.Tests.Dotnet;

/// <summary>The development vault as the platform's own client, on the real Azure package, sees it.</summary>
[SuppressMessage("Interoperability", "CA1416", Justification = "Tests run on Linux.")]
public sealed class KeyVaultTests : IAsyncLifetime
{
    private readonly ProgramFolder folder = new();
    private DotnetService service = null!;

    private string Url => $"https://127.0.0.1:{folder.Port}";

    private string Thumbprint => File.ReadAllText(Path.Combine(folder.State, "thumbprint"));

    public Task InitializeAsync() => StartAsync();

    public async Task DisposeAsync()
    {
        await service.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task A_secret_is_kept_in_all_its_versions_and_the_newest_is_given()
    {
        var client = Client();
        var first = await client.SetSecretAsync("canary", "one");
        await client.SetSecretAsync("canary", "two");

        Assert.Equal("two", (await client.GetSecretAsync("canary")).Value.Value);
        Assert.Equal("one", (await client.GetSecretAsync("canary", first.Value.Properties.Version)).Value.Value);
        Assert.Equal(2, await client.GetPropertiesOfSecretVersionsAsync("canary").CountAsync());
        Assert.Equal(["canary"], await client.GetPropertiesOfSecretsAsync().Select(secret => secret.Name).ToListAsync());
    }

    [Fact]
    public async Task Secrets_and_certificate_survive_a_restart_in_files_for_the_owner_only()
    {
        await Client().SetSecretAsync("canary", "kept");
        var before = Thumbprint;
        await service.DisposeAsync();
        await StartAsync();

        Assert.Equal("kept", (await Client().GetSecretAsync("canary")).Value.Value);
        Assert.Equal(before, Thumbprint);
        foreach (var file in Directory.EnumerateFiles(Path.Combine(folder.State, "secrets")).Append(Path.Combine(folder.State, "certificate.pem")))
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        }
    }

    [Fact]
    public async Task A_missing_secret_is_not_found()
    {
        var refusal = await Assert.ThrowsAsync<RequestFailedException>(() => Client().GetSecretAsync("nothing"));

        Assert.Equal((404, "SecretNotFound"), (refusal.Status, refusal.ErrorCode));
    }

    [Fact]
    public async Task Another_token_opens_nothing()
    {
        await Client().SetSecretAsync("canary", "one");

        var refusal = await Assert.ThrowsAsync<RequestFailedException>(() => Client(token: "guess").GetSecretAsync("canary"));

        Assert.Equal(401, refusal.Status);
    }

    [Fact]
    public async Task Another_certificate_is_not_trusted()
    {
        var refusal = await Record.ExceptionAsync(() => Client(thumbprint: new string('0', 64)).GetSecretAsync("canary"));

        Assert.IsAssignableFrom<Exception>(refusal);
        Assert.Contains("SSL", refusal.ToString(), StringComparison.Ordinal);
    }

    private SecretClient Client(string? token = null, string? thumbprint = null) => SecretVault.CreateClient(new SecretVaultOptions(
        new Uri(Url), thumbprint ?? Thumbprint, token ?? File.ReadAllText(Path.Combine(folder.State, "token"))));

    private Task StartAsync()
    {
        service = folder.Service(
            "KeyVault",
            Url + "/secrets",
            new() { ["KEY_VAULT_PORT"] = folder.PortText, ["KEY_VAULT_STATE"] = folder.State },
            readyStatus: 401,
            thumbprint: () => File.Exists(Path.Combine(folder.State, "thumbprint")) ? Thumbprint : null);
        return service.StartAsync(CancellationToken.None);
    }
}
