using System.Text.Json;
using Alga.Extensions.Services;

namespace Alga.Extensions.Runner.Engine.Tests;

/// <summary>
/// The sample in JavaScript on StarlingMonkey, the largest runtime that guests bring, as <c>npm run build --prefix samples/languages</c> built it.
/// Compiled once for all, since that takes seconds.
/// </summary>
public sealed class JavaScriptSampleTests(JavaScriptSampleTests.Component sample) : IClassFixture<JavaScriptSampleTests.Component>
{
    // SHA-256 of "abc", from FIPS 180-2.
    private const string Digest = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    private const int NoHurryMs = 600_000;

    [Fact]
    public void A_text_is_hashed_by_the_runtimes_own_crypto_and_stored_where_there_is_nothing_yet()
    {
        var (status, body) = Call(Remember());

        Assert.Equal(201, status);
        Assert.Equal(Digest, body.GetProperty("digest").GetString());
        Assert.True(body.GetProperty("isNew").GetBoolean());
        Assert.Contains(sample.Sandbox.Host.Calls, call => call.StartsWith($"put texts StorageWrite {{ Key = {Digest}", StringComparison.Ordinal) && call.Contains("IfRevision = 0", StringComparison.Ordinal));
        Assert.Contains($"log Info remembered digest={Digest}", sample.Sandbox.Host.Calls);
    }

    [Fact]
    public void The_error_case_of_a_host_call_is_caught_by_its_name()
    {
        sample.Sandbox.Host.StorageError = new(StorageErrorKind.Conflict, "revision 1");
        var (status, body) = Call(Remember());
        sample.Sandbox.Host.StorageError = null;

        Assert.Equal(200, status);
        Assert.False(body.GetProperty("isNew").GetBoolean());
    }

    [Fact]
    public void An_entry_is_read_and_one_that_is_missing_is_undefined()
    {
        Assert.Equal((200, 1), (Call(Recall(Digest)).Status, Call(Recall(Digest)).Body.GetProperty("v").GetInt32()));
        Assert.Equal(404, Call(Recall("missing")).Status);
    }

    private static GuestRequest Remember() => Sandbox.Request("/texts", "abc") with { Method = "PUT", Endpoint = "/texts" };

    private static GuestRequest Recall(string digest) => Sandbox.Request("/texts/" + digest) with { Endpoint = "/texts/:digest", Params = [new("digest", digest)] };

    private (int Status, JsonElement Body) Call(GuestRequest request)
    {
        Assert.True(sample.Sandbox.Invoke(sample.Guest, request, NoHurryMs).TryGet(out var response, out var refusal), $"{refusal} {sample.Sandbox.Fault}");
        return (response.Status, JsonDocument.Parse(response.Body.Text!).RootElement);
    }

    public sealed class Component : IDisposable
    {
        public Component() => Guest = Sandbox.Load(File.ReadAllBytes(Path.Combine(RepositoryRoot.Find(), "samples", "languages", "javascript", "dist", "main.wasm")));

        internal Sandbox Sandbox { get; } = new();

        internal GuestComponent Guest { get; }

        public void Dispose()
        {
            Guest.Dispose();
            Sandbox.Dispose();
        }
    }
}
