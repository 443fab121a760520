using Alga.Extensions.Services;
using Alga.Extensions.Services.Azurite;

namespace Alga.Extensions.Testing;

/// <summary>Azurite for tests: Blob and Queue, started once in each test process. Use it as <c>IClassFixture&lt;AzuriteFixture&gt;</c>.</summary>
public sealed class AzuriteFixture : IAsyncLifetime
{
    private static readonly SharedServer<AzuriteServer> Shared = new("azurite", async folder =>
    {
        var server = new AzuriteServer(new AzuriteOptions
        {
            RepositoryRoot = RepositoryRoot.Find(),
            StateFolder = folder,
            LogFile = Path.Combine(folder, "azurite.log"),
            BlobPort = LoopbackPort.PickFree(),
            QueuePort = LoopbackPort.PickFree(),
        });
        await server.StartAsync(CancellationToken.None).ConfigureAwait(false);
        return server;
    });

    /// <summary>Connection string for the Azure Storage clients.</summary>
    public string ConnectionString { get; private set; } = "";

    public async Task InitializeAsync() => ConnectionString = (await Shared.GetAsync().ConfigureAwait(false)).ConnectionString;

    public Task DisposeAsync() => Task.CompletedTask;
}
