using Alga.Extensions.Contracts.Configuration;
using Alga.Extensions.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;

namespace Alga.Extensions.Secrets.Tests;

public sealed class SecretVaultTests : IAsyncLifetime
{
    private const string Name = "alga-service-token-key";
    private const string Canary = "canary-not-base64!";
    private readonly ManualTime time = new();
    private FakeVault fake = null!;
    private SecretVault vault = null!;

    public async Task InitializeAsync()
    {
        fake = await FakeVault.StartAsync();
        fake.Secrets[Name] = "AQID";
        vault = Open(fake.Thumbprint);
    }

    public async Task DisposeAsync()
    {
        vault.Dispose();
        await fake.DisposeAsync();
    }

    private SecretVault Open(string thumbprint) =>
        new(SecretVault.CreateClient(new SecretVaultOptions(fake.Url, thumbprint)), time, NullLogger<SecretVault>.Instance);

    private async Task<byte[]> GetAsync(string name = Name) => await vault.GetRequiredBytesAsync(name, CancellationToken.None);

    [Fact]
    public async Task A_secret_is_read_once_for_many_and_again_after_five_minutes()
    {
        await Parallel.ForEachAsync(Enumerable.Range(0, 20), async (_, _) => Assert.Equal([1, 2, 3], await GetAsync()));
        Assert.Equal(1, fake.Reads);

        fake.Secrets[Name] = "BAUG";
        Assert.Equal([1, 2, 3], await GetAsync());
        time.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal([4, 5, 6], await GetAsync());
    }

    [Fact]
    public async Task While_the_vault_is_down_the_last_value_is_good_for_an_hour()
    {
        await GetAsync();
        fake.Down = true;
        time.Advance(TimeSpan.FromMinutes(59));
        Assert.Equal([1, 2, 3], await GetAsync());
        var reads = fake.Reads;
        Assert.Equal([1, 2, 3], await GetAsync());
        Assert.Equal(reads, fake.Reads);
        time.Advance(TimeSpan.FromMinutes(1));
        await Assert.ThrowsAsync<SecretUnavailableException>(() => GetAsync());
    }

    [Fact]
    public async Task A_missing_secret_is_a_fault_that_names_it()
    {
        var exception = await Assert.ThrowsAsync<SecretUnavailableException>(() => GetAsync("absent"));
        Assert.Contains("absent", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData(Canary)]
    public async Task A_secret_that_is_not_base64_is_a_fault_that_does_not_show_it(string value)
    {
        fake.Secrets[Name] = value;
        var exception = await Assert.ThrowsAsync<SecretUnavailableException>(() => GetAsync());
        Assert.DoesNotContain("canary", exception.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_certificate_is_not_trusted()
    {
        using var stranger = Open(new string('0', 64));
        await Assert.ThrowsAsync<SecretUnavailableException>(() => stranger.GetRequiredBytesAsync(Name, CancellationToken.None).AsTask());
        Assert.Equal(0, fake.Reads);
    }

    [Theory]
    [InlineData("https://v.example", "", "Production", 0)]
    [InlineData("https://127.0.0.1:7074", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "Development", 0)]
    [InlineData("https://127.0.0.1:7074", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "Production", 1)]
    [InlineData("https://127.0.0.1:7074", "aa", "Development", 1)]
    [InlineData("http://127.0.0.1:7074", "", "Development", 1)]
    [InlineData("", "zz", "Production", 3)]
    public void Settings_are_checked(string url, string thumbprint, string environment, int count)
    {
        var faults = new ConfigurationFaults();
        SecretVaultOptions.Read(new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["KEY_VAULT_URL"] = url,
            ["KEY_VAULT_DEV_THUMBPRINT"] = thumbprint,
            ["ALGA_ENVIRONMENT"] = environment,
        }).Build(), faults);
        Assert.Equal(count, faults.All.Count);
    }
}
