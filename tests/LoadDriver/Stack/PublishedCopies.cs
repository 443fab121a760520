using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Alga.Extensions.Bundles;
using Alga.Extensions.Contracts;
using Alga.Extensions.Signing;

namespace Alga.Extensions.LoadDriver.Stack;

/// <summary>
/// Extensions of names of their own, each with the TypeScript guest in an edition of its own: as different as extensions are that the
/// same tools made.
/// </summary>
internal static class PublishedCopies
{
    /// <summary>Publishes so many. Nobody installs them: a runner asks for a service token only.</summary>
    public static async Task<IReadOnlyList<InstalledGuest>> PublishAsync(BenchStack stack, string prefix, int count, CancellationToken cancellationToken)
    {
        await stack.StartAsync(cancellationToken);
        using var client = new HttpClient { BaseAddress = stack.Registry, Timeout = TimeSpan.FromMinutes(2) };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", BenchStack.PublisherToken);
        using var key = Unwrap(SigningKey.Parse(await File.ReadAllTextAsync(Path.Combine(Paths.State, "publisher/key.pem"), cancellationToken), null));
        var guests = new InstalledGuest[count];
        await EachAsync("published", count, async number =>
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"com.alga.tests.{prefix}-{number:d3}");
            guests[number] = await PublishAsync(client, key, name, BenchGuests.TypeScript(number), cancellationToken);
        }, cancellationToken);
        return guests;
    }

    /// <summary>Does something for each of so many, a few at a time, and says how far it is: hundreds take minutes.</summary>
    public static async Task EachAsync(string done, int count, Func<int, Task> work, CancellationToken cancellationToken)
    {
        const int atATime = 4;
        const int said = 100;
        var finished = 0;
        await Parallel.ForEachAsync(Enumerable.Range(0, count), new ParallelOptions { MaxDegreeOfParallelism = atATime, CancellationToken = cancellationToken }, async (number, _) =>
        {
            await work(number);
            if (Interlocked.Increment(ref finished) is var soFar && soFar % said == 0) await Console.Error.WriteLineAsync($"  {soFar} of {count} {done}");
        });
    }

    private static async Task<InstalledGuest> PublishAsync(HttpClient client, SigningKey key, string name, byte[] component, CancellationToken cancellationToken)
    {
        const string publisher = "alga-samples";
        const string version = "1.0.0";
        var manifest = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(BenchGuests.TypeScriptFolder, "manifest.json"), cancellationToken))!;
        manifest["name"] = name;
        using var bundle = new MemoryStream();
        var contents = Unwrap(await BundleWriter.WriteAsync(
            [BundleFile.FromBytes("dist/main.wasm", component), BundleFile.FromBytes("manifest.json", Encoding.UTF8.GetBytes(manifest.ToJsonString()))],
            bundle,
            cancellationToken));
        var statement = BundleStatement.Of(
            BundleStatement.DefaultRegistry, publisher, name, version, contents.Hash, contents.SizeBytes,
            [.. contents.Index.Files.Select(file => new SignedFile(file.Path, file.Sha256))], []);
        var envelope = Unwrap(EnvelopeSigner.Sign(statement, key));

        using var registered = await client.PostAsync(
            new Uri("/api/registry/extensions", UriKind.Relative),
            new StringContent($$"""{"name":"{{name}}","publisher":"{{publisher}}"}""", MediaTypeHeaderValue.Parse("application/json")),
            cancellationToken);
        registered.EnsureSuccessStatusCode();
        using var content = new MultipartFormDataContent { { new ByteArrayContent(envelope), "envelope" }, { new ByteArrayContent(bundle.ToArray()), "bundle" } };
        using var published = await client.PutAsync(new Uri($"/api/registry/extensions/{name}/versions/{version}", UriKind.Relative), content, cancellationToken);
        published.EnsureSuccessStatusCode();
        return new InstalledGuest(name, Guid.CreateVersion7(TimeProvider.System.GetUtcNow()), Guid.CreateVersion7(TimeProvider.System.GetUtcNow()), contents.Hash.ToString());
    }

    private static T Unwrap<T>(Outcome<T> outcome) => outcome.TryGet(out var value, out var refusal) ? value : throw new InvalidOperationException(refusal.Message);
}
