using Alga.Extensions.Testing.Faults;
using Alga.Extensions.Testing.S3;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Microsoft.AspNetCore.Http;

namespace Alga.Extensions.BlobStorage.Tests;

/// <summary>The contract over the strict stand-in for S3, and what is S3's own.</summary>
public sealed class S3StoreTests : BundleStoreContract
{
    private S3Server server = null!;

    [Fact]
    public async Task A_large_blob_is_uploaded_in_parts_and_a_small_one_is_not()
    {
        await WriteAsync("small", Bytes((int)S3Uploads.MaxSingleBytes, seed: 1));
        Assert.Equal(0, server.Objects.CompletedUploads);

        await WriteAsync("large", Bytes((int)S3Uploads.MaxSingleBytes + 1, seed: 1));

        Assert.Equal(1, server.Objects.CompletedUploads);
        Assert.Equal(0, server.Objects.OpenUploads);
    }

    [Fact]
    public async Task A_loser_and_a_failure_leave_no_parts_behind()
    {
        var large = Bytes((int)S3Uploads.MaxSingleBytes + 1, seed: 1);
        await WriteAsync("warm", "up");

        await Task.WhenAll(WriteAsync("contested", large), WriteAsync("contested", large));
        Assert.Equal(0, server.Objects.OpenUploads);

        Proxy.Inject(Fault.Overloaded, 100, request => HttpMethods.IsPut(request.Method));
        await Assert.ThrowsAsync<BundleStoreException>(() => WriteAsync("failing", large));
        Assert.Equal(0, server.Objects.OpenUploads);
    }

    [Theory]
    [InlineData(1000)]
    [InlineData(17 * 1024 * 1024)]
    public async Task A_conflict_with_another_writer_is_tried_again(int length)
    {
        await WriteAsync("warm", "up");
        server.Objects.Conflicts = 2;

        Assert.Equal(BlobWrite.Created, await WriteAsync($"conflict-{length}", Bytes(length, seed: 1)));
        Assert.Equal(0, server.Objects.OpenUploads);
    }

    [Fact]
    public async Task A_server_that_ignores_conditions_is_found_out_before_the_first_blob()
    {
        server.Objects.IgnoresConditions = true;

        var fault = await Assert.ThrowsAsync<BundleStoreException>(() => WriteAsync("name", "text"));

        Assert.Contains("If-None-Match", fault.InnerException!.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("name", server.Objects.Keys);
    }

    [Fact]
    public async Task A_missing_bucket_and_a_wrong_secret_are_faults_and_not_missing_blobs()
    {
        var connection = S3Server.ConnectionString(server.Url);

        foreach (var wrong in new[] { connection.Replace(S3Server.Bucket, "other", StringComparison.Ordinal), connection + "x" })
        {
            var store = Open(wrong);
            var fault = await Assert.ThrowsAsync<BundleStoreException>(() => store.OpenReadAsync("name", CancellationToken.None));
            Assert.DoesNotContain(S3Server.SecretAccessKey, fault.ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_blob_that_the_platform_did_not_write_is_not_read()
    {
        server.Objects.Replace("foreign", new Testing.S3.S3Object([1], "text/plain", "\"etag\"", new Dictionary<string, string>()));

        await Assert.ThrowsAsync<BundleStoreException>(() => Store.OpenReadAsync("foreign", CancellationToken.None));
    }

    [Fact]
    public async Task A_blob_that_is_replaced_while_it_is_read_is_not_mixed()
    {
        await WriteAsync("mixed", Bytes(3 * 1024 * 1024, seed: 1));
        await using var stream = await Store.OpenReadAsync("mixed", CancellationToken.None);
        Assert.Equal(100, await stream!.ReadAsync(new byte[100]));
        server.Objects.Replace("mixed", server.Objects.Find("mixed")! with { Content = Bytes(3 * 1024 * 1024, seed: 2), ETag = "\"other\"" });
        Proxy.Inject(Fault.LostAnswer, 1);

        // What was open may still come from the old object; what is asked for anew may not come from the other one.
        try
        {
            Assert.Equal(Bytes(3 * 1024 * 1024, seed: 1)[100..], await ReadAsync(stream));
        }
        catch (BundleStoreException)
        {
            // Refused, then.
        }
    }

    [Fact]
    public async Task The_stand_in_checks_the_chunks_and_trailers_of_a_client_with_its_defaults()
    {
        // Not what the store sends; it keeps the stand-in honest for clients that a later version of the SDK may bring.
        using var client = new AmazonS3Client(
            new BasicAWSCredentials(S3Server.AccessKeyId, S3Server.SecretAccessKey),
            new AmazonS3Config { ServiceURL = server.Url.ToString(), AuthenticationRegion = S3Server.Region, ForcePathStyle = true });
        var bytes = Bytes(300_000, seed: 1);

        await client.PutObjectAsync(new PutObjectRequest { BucketName = S3Server.Bucket, Key = "chunked", InputStream = new MemoryStream(bytes) });

        Assert.Equal(bytes, server.Objects.Find("chunked")!.Content);
    }

    protected override async Task<Uri> StartAsync()
    {
        server = await S3Server.StartAsync();
        return server.Url;
    }

    protected override async Task StopAsync() => await server.DisposeAsync();

    private protected override BundleStore Open(Uri url) => Open(S3Server.ConnectionString(url));

    private protected override Task TamperAsync(string name, Func<byte[], byte[]> change)
    {
        var stored = server.Objects.Find(name)!;
        server.Objects.Replace(name, stored with { Content = change([.. stored.Content]) });
        return Task.CompletedTask;
    }

    private static BundleStore Open(string connection) => BundleStore.Open(new BundleStoreOptions { Provider = BundleStoreProvider.S3, Connection = connection });
}
