using Alga.Extensions.BlobStorage;
using Alga.Extensions.Registry.Publish;
using Alga.Extensions.Registry.Tests.Fixtures;
using Dapper;

namespace Alga.Extensions.Registry.Tests.Publishing;

/// <summary>
/// Kills the registry's process by SIGKILL at each step of a publish and starts it again: the version is there whole or not at all,
/// and a retry gives the answer that the first attempt would have given.
/// </summary>
public sealed class KilledPublishTests(RegistryProcess registry) : IClassFixture<RegistryProcess>
{
    [Theory]
    [InlineData(BundleStoreProvider.Azure)]
    [InlineData(BundleStoreProvider.S3)]
    public async Task Killed_at_any_step_a_version_is_there_whole_or_not_at_all_and_a_retry_finishes_it(BundleStoreProvider provider)
    {
        (PublishStep Step, TestBundle Bundle)? killed = null;
        foreach (var step in Enum.GetValues<PublishStep>())
        {
            var bundle = await TestBundle.PackAsync(registry.NewName(), "1.0.0");
            await registry.StartAsync(provider, (step, bundle.Target));
            if (killed is var (before, dead)) await AssertRecoveredAsync(provider, before, dead);

            await registry.RegisterAsync(bundle.Name);
            await Assert.ThrowsAnyAsync<HttpRequestException>(() => registry.PublishAsync(bundle));

            Assert.Equal("registry was ended by signal 9.", await registry.WaitForExitAsync());
            killed = (step, bundle);
        }

        await registry.StartAsync(provider);
        await AssertRecoveredAsync(provider, killed!.Value.Step, killed.Value.Bundle);
    }

    private async Task AssertRecoveredAsync(BundleStoreProvider provider, PublishStep step, TestBundle bundle)
    {
        var store = registry.OpenStore(provider);
        var isVisible = step == PublishStep.Committed;
        var found = await registry.GetVersionAsync(bundle);
        Assert.True(found.Status == (isVisible ? 200 : 404), $"{step}: {found.Text}");
        if (isVisible) await StoredState.AssertWholeAsync(store, bundle);

        var retried = (await registry.PublishAsync(bundle)).Is(isVisible ? 200 : 201);
        var again = (await registry.PublishAsync(bundle)).Is(200);

        Assert.Equal(retried.Text, again.Text);
        Assert.Equal(bundle.Contents.Hash.ToString(), (await registry.GetVersionAsync(bundle)).Is(200).Json.GetProperty("contentHash").GetString());
        await StoredState.AssertWholeAsync(store, bundle);
        await using var owner = await registry.OpenOwnerAsync();
        Assert.Equal(1, await owner.ExecuteScalarAsync<int>("select count(*) from audit_log where action = 'version.publish' and target = @Target", bundle));
        Assert.Equal(0, await owner.ExecuteScalarAsync<int>("select count(*) from extension_bundle_claim where content_hash = @hash", new { hash = bundle.Contents.Hash.ToString() }));
    }
}
