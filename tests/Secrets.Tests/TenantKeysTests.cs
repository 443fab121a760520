using System.Collections.Concurrent;
using Alga.Extensions.Testing;
using Azure;
using Azure.Security.KeyVault.Secrets;
using Microsoft.Extensions.Logging.Abstractions;
using NSubstitute;

namespace Alga.Extensions.Secrets.Tests;

public sealed class TenantKeysTests
{
    private static readonly Guid Acme = Guid.Parse("01936b2e-0000-7000-8000-00000000ac3e");
    private static readonly Guid Globex = Guid.Parse("01936b2e-0000-7000-8000-0000000910be");

    private readonly ManualTime time = new();
    private readonly ConcurrentDictionary<string, List<string>> stored = new();
    private readonly TenantKeys keys;
    private bool down;
    private int reads;

    public TenantKeysTests()
    {
        var client = Substitute.For<SecretClient>();
        client.GetSecretAsync(Arg.Any<string>(), Arg.Any<string>(), Arg.Any<CancellationToken>()).Returns(call => Get(call.ArgAt<string>(0), call.ArgAt<string?>(1)));
        client.SetSecretAsync(Arg.Any<string>(), Arg.Any<string>(), Arg.Any<CancellationToken>()).Returns(call =>
        {
            var versions = stored.GetOrAdd(call.ArgAt<string>(0), _ => []);
            lock (versions) versions.Add(call.ArgAt<string>(1));
            return Get(call.ArgAt<string>(0), null);
        });
        keys = new TenantKeys(client, time, NullLogger<TenantKeys>.Instance);
    }

    [Fact]
    public async Task The_first_use_makes_a_key_and_the_next_gets_the_same()
    {
        var made = await keys.GetCurrentAsync(Acme, CancellationToken.None);
        Assert.Equal(SecretSeal.KeyBytes, made.Bytes.Length);
        time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(made.Bytes, (await keys.GetCurrentAsync(Acme, CancellationToken.None)).Bytes);
        Assert.Equal(made.Bytes, (await keys.GetAsync(Acme, made.Version, CancellationToken.None)).Bytes);
        Assert.NotEqual(made.Bytes, (await keys.GetCurrentAsync(Globex, CancellationToken.None)).Bytes);
    }

    [Fact]
    public async Task Many_at_once_ask_the_vault_once_and_again_after_four_minutes()
    {
        await keys.GetCurrentAsync(Acme, CancellationToken.None);
        time.Advance(TenantKeys.MaxAge);
        var before = reads;
        await Parallel.ForEachAsync(Enumerable.Range(0, 50), async (_, _) => await keys.GetCurrentAsync(Acme, CancellationToken.None));
        Assert.Equal(1, reads - before);
    }

    [Fact]
    public async Task A_key_is_not_used_beyond_its_time_when_the_vault_is_down_and_the_vault_is_left_alone_for_a_while()
    {
        var made = await keys.GetCurrentAsync(Acme, CancellationToken.None);
        down = true;
        time.Advance(TenantKeys.MaxAge - TimeSpan.FromSeconds(1));
        Assert.Equal(made.Bytes, (await keys.GetCurrentAsync(Acme, CancellationToken.None)).Bytes);
        time.Advance(TimeSpan.FromSeconds(1));
        for (var i = 0; i < 5; i++) await Assert.ThrowsAsync<SecretUnavailableException>(() => keys.GetCurrentAsync(Acme, CancellationToken.None));
        Assert.Equal(2, reads - 1);
        down = false;
        time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(made.Bytes, (await keys.GetCurrentAsync(Acme, CancellationToken.None)).Bytes);
    }

    [Fact]
    public async Task A_version_that_is_not_there_is_unavailable_and_none_is_made()
    {
        await Assert.ThrowsAsync<SecretUnavailableException>(() => keys.GetAsync(Acme, "9", CancellationToken.None));
        Assert.Empty(stored);
    }

    [Fact]
    public async Task Something_else_under_the_keys_name_is_not_used()
    {
        stored[$"alga-tenant-key-{Acme:N}"] = ["canary"];
        var exception = await Assert.ThrowsAsync<SecretUnavailableException>(() => keys.GetCurrentAsync(Acme, CancellationToken.None));
        Assert.DoesNotContain("canary", exception.ToString(), StringComparison.Ordinal);
    }

    private Response<KeyVaultSecret> Get(string name, string? version)
    {
        Interlocked.Increment(ref reads);
        if (down) throw new RequestFailedException(503, "down");
        if (!stored.TryGetValue(name, out var versions)) throw new RequestFailedException(404, "no");
        lock (versions)
        {
            var number = version is null ? versions.Count : int.Parse(version, provider: null);
            var properties = SecretModelFactory.SecretProperties(name: name, version: number.ToString(System.Globalization.CultureInfo.InvariantCulture));
            return Response.FromValue(SecretModelFactory.KeyVaultSecret(properties, versions[number - 1]), Substitute.For<Response>());
        }
    }
}
