using System.Net;
using Alga.Extensions.KeyVault;
using Alga.Extensions.Secrets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace Alga.Extensions.Setup.Tests;

/// <summary>The development vault in this process; those of one folder share token and certificate, and no secret.</summary>
internal sealed class DevelopmentVault : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly string folder;

    private DevelopmentVault(WebApplication app, string folder)
    {
        this.app = app;
        this.folder = folder;
    }

    public SecretVaultOptions Options => new(
        new Uri(app.Urls.Single()), File.ReadAllText(Path.Combine(folder, VaultCertificate.ThumbprintFile)), File.ReadAllText(Path.Combine(folder, VaultToken.FileName)));

    public static async Task<DevelopmentVault> StartAsync(string folder, string name)
    {
        var options = new VaultOptions(0, folder);
        var certificate = VaultCertificate.ReadOrCreate(folder, TimeProvider.System);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(certificate)));
        var app = builder.Build();
        app.Use(new VaultToken(options).CheckAsync);
        app.MapVault(options, new SecretStore(Path.Combine(folder, name)), TimeProvider.System);
        await app.StartAsync();
        return new DevelopmentVault(app, folder);
    }

    public async Task<string> ReadAsync(string name) => (await SecretVault.CreateClient(Options).GetSecretAsync(name)).Value.Value;

    public Task WriteAsync(string name, string value) => SecretVault.CreateClient(Options).SetSecretAsync(name, value);

    public async Task<IReadOnlyList<string>> NamesAsync()
    {
        List<string> names = [];
        await foreach (var secret in SecretVault.CreateClient(Options).GetPropertiesOfSecretsAsync()) names.Add(secret.Name);
        names.Sort(StringComparer.Ordinal);
        return names;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
