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
    [InlineData("gcs", "https://account.blob.core.windows.net", "BUNDLE_STORE_PROVIDER: is neither azure nor s3; write one of them")]
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

    [Theory]
    [InlineData("Bucket=extension-bundles;Region=eu-central-1")]
    [InlineData("bucket=extension-bundles;REGION=eu-central-1;")]
    [InlineData("Bucket=extension-bundles;Endpoint=https://s3.example.com")]
    [InlineData("Bucket=extension-bundles;Endpoint=http://127.0.0.1:9000;AccessKeyId=a;SecretAccessKey=b=c==")]
    [InlineData("Bucket=extension-bundles;Endpoint=http://[::1]:9000;PathStyle=false")]
    [InlineData("Bucket=extension-bundles;Endpoint=http://minio.internal:9000;AllowHttp=true;Region=eu-1")]
    [InlineData("Bucket=extension-bundles;Region=eu-central-1;AccessKeyId=a;SecretAccessKey=b;SessionToken=c")]
    public void An_S3_connection_is_taken(string connection)
    {
        var faults = new ConfigurationFaults();

        var options = BundleStoreOptions.Read(Settings("s3", connection), faults);

        Assert.Empty(faults.All);
        Assert.Equal(BundleStoreProvider.S3, options.Provider);
        BundleStore.Open(options);
    }

    [Fact]
    public void An_S3_connection_has_the_defaults_that_are_documented()
    {
        var aws = S3Connection.Parse("Bucket=extension-bundles;Region=eu-central-1");
        var other = S3Connection.Parse("Bucket=extension-bundles;Endpoint=https://s3.example.com");

        Assert.Equal((false, null, null), (aws.PathStyle, aws.AccessKeyId, aws.Endpoint));
        Assert.Equal((true, "us-east-1"), (other.PathStyle, other.Region));
    }

    [Theory]
    [InlineData("", "is missing")]
    [InlineData("Region=eu-central-1", "has no Bucket")]
    [InlineData("Bucket=UPPER;Region=eu-central-1", "has no Bucket, or one that is not")]
    [InlineData("Bucket=extension-bundles", "has neither Region nor Endpoint")]
    [InlineData("Bucket=extension-bundles;Region=eu central", "has a Region that is not")]
    [InlineData("Bucket=extension-bundles;Endpoint=http://s3.example.com", "has an Endpoint with http")]
    [InlineData("Bucket=extension-bundles;Endpoint=https://s3.example.com/path", "has an Endpoint that is not")]
    [InlineData("Bucket=extension-bundles;Endpoint=https://hunter2@s3.example.com", "has an Endpoint that is not")]
    [InlineData("Bucket=extension-bundles;Endpoint=s3.example.com", "has an Endpoint that is not")]
    [InlineData("Bucket=extension-bundles;Region=eu-1;AccessKeyId=hunter2", "has only one of")]
    [InlineData("Bucket=extension-bundles;Region=eu-1;SecretAccessKey=hunter2", "has only one of")]
    [InlineData("Bucket=extension-bundles;Region=eu-1;SessionToken=hunter2", "has a SessionToken without")]
    [InlineData("Bucket=extension-bundles;Region=eu-1;PathStyle=yes", "has a PathStyle other than")]
    [InlineData("Bucket=extension-bundles;Region=eu-1;Bucket=other", "has Bucket twice")]
    [InlineData("Bucket=extension-bundles;Region=eu-1;Password=hunter2", "has a part that is not one of")]
    [InlineData("Bucket=extension-bundles;Region=eu-1;hunter2", "has a part that is not one of")]
    [InlineData("Bucket=extension-bundles;Region=", "has an empty Region")]
    public void What_is_wrong_with_an_S3_connection_is_said_without_a_value(string connection, string message)
    {
        var faults = new ConfigurationFaults();

        BundleStoreOptions.Read(Settings("s3", connection), faults);

        Assert.Contains(faults.All, fault => fault.StartsWith("BUNDLE_STORE_CONNECTION: " + message, StringComparison.Ordinal));
        Assert.DoesNotContain(faults.All, fault => fault.Contains("hunter2", StringComparison.Ordinal));
    }

    [Fact]
    public void All_faults_of_an_S3_connection_are_told_at_once()
    {
        var faults = new ConfigurationFaults();

        BundleStoreOptions.Read(Settings("s3", "Endpoint=http://s3.example.com;PathStyle=maybe;AccessKeyId=a"), faults);

        Assert.Equal(4, faults.All.Count);
    }

    private static IConfiguration Settings(string? provider, string? connection) =>
        new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["BUNDLE_STORE_PROVIDER"] = provider,
            ["BUNDLE_STORE_CONNECTION"] = connection,
        }).Build();
}
