using Alga.Extensions.Contracts.Configuration;
using Microsoft.Extensions.Configuration;

namespace Alga.Extensions.BlobStorage.Tests;

public sealed class BundleStoreOptionsTests
{
    [Theory]
    [InlineData("https://account.blob.core.windows.net")]
    [InlineData("DefaultEndpointsProtocol=http;AccountName=devstoreaccount1;AccountKey=a2V5;BlobEndpoint=http://127.0.0.1:7075/devstoreaccount1;")]
    public void A_connection_string_and_an_https_endpoint_are_taken(string connection)
    {
        var faults = new ConfigurationFaults();

        var options = BundleStoreOptions.Read(Settings("azure", connection), faults);

        Assert.Empty(faults.All);
        Assert.Equal(connection, options.Connection);
    }

    [Theory]
    [InlineData("s3", "https://account.blob.core.windows.net", "BUNDLE_STORE_PROVIDER: is not supported by this version; write azure")]
    [InlineData(null, null, "BUNDLE_STORE_CONNECTION: is missing")]
    [InlineData(null, "http://account.blob.core.windows.net", "BUNDLE_STORE_CONNECTION: is not an https URL")]
    [InlineData("", "https://user:hunter2@account.blob.core.windows.net", "BUNDLE_STORE_CONNECTION: is not an https URL")]
    [InlineData(null, "AccountKey=hunter2", "BUNDLE_STORE_CONNECTION: is neither")]
    public void What_is_wrong_is_said_without_the_value(string? provider, string? connection, string message)
    {
        var faults = new ConfigurationFaults();

        BundleStoreOptions.Read(Settings(provider, connection), faults);

        var fault = Assert.Single(faults.All);
        Assert.StartsWith(message, fault, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", fault, StringComparison.Ordinal);
    }

    private static IConfiguration Settings(string? provider, string? connection) =>
        new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["BUNDLE_STORE_PROVIDER"] = provider,
            ["BUNDLE_STORE_CONNECTION"] = connection,
        }).Build();
}
