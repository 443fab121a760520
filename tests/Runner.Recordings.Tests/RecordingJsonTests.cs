using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Alga.Extensions.Runner.Engine;

namespace Alga.Extensions.Runner.Recordings.Tests;

public sealed class RecordingJsonTests
{
    private const string Secret = "hunter2-päss";

    [Fact]
    public void A_secret_is_found_in_every_part_that_came_from_outside()
    {
        var pairs = new KeyValuePair<string, string>[] { new("x-name", Secret) };
        var recording = Sample.Recording() with
        {
            Request = new GuestRequest
            {
                Method = "POST",
                Path = "/" + Secret,
                Endpoint = "/:id",
                Params = pairs,
                Query = pairs,
                Headers = pairs,
                Body = GuestBody.OfBinary([0xff, .. Encoding.UTF8.GetBytes(Secret), 0x00]),
            },
            Calls =
            [
                new RecordedCall("storage.put", new JsonObject { ["write"] = new JsonObject { ["value"] = $"{{\"a\":\"{Secret}\"}}" } }, new JsonObject { ["ok"] = new JsonArray(Secret) }, 1),
                new RecordedCall("http.fetch", new JsonObject { ["request"] = new JsonObject { ["body"] = new JsonObject { ["text"] = Secret } } }, null, 1),
            ],
            End = new RecordedEnd { Status = 200, Headers = pairs, Body = GuestBody.OfText("it is " + Secret), Message = Secret },
        };

        var json = RecordingJson.Write(recording, text => text.Replace(Secret, ExecutionRecorder.SecretPlaceholder, StringComparison.Ordinal));

        var read = RecordingJson.Read(json);
        Assert.DoesNotContain("hunter2", Encoding.UTF8.GetString(json), StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", Encoding.UTF8.GetString(read.Request!.Body.Binary!), StringComparison.Ordinal);
        Assert.Contains(ExecutionRecorder.SecretPlaceholder, Encoding.UTF8.GetString(read.Request.Body.Binary!), StringComparison.Ordinal);
        Assert.Equal("it is [secret]", read.End.Body.Text);
    }

    [Fact]
    public void Bytes_without_a_secret_stay_as_they_are()
    {
        byte[] bytes = [.. Enumerable.Range(0, 256).Select(value => (byte)value)];
        var recording = Sample.Recording() with { End = new RecordedEnd { Status = 200, Body = GuestBody.OfBinary(bytes) } };

        Assert.Equal(bytes, RecordingJson.Read(RecordingJson.Write(recording, text => text)).End.Body.Binary);
    }

    [Fact]
    public void The_platforms_own_numbers_are_not_taken_for_a_secret()
    {
        var recording = Sample.Recording();

        var read = RecordingJson.Read(RecordingJson.Write(recording, text => text.Replace("0000", ExecutionRecorder.SecretPlaceholder, StringComparison.Ordinal)));

        Assert.Equal(recording.ContentHash, read.ContentHash);
        Assert.Equal(recording.Sources.Seed, read.Sources.Seed);
    }

    [Theory]
    [InlineData("""{"format":2}""")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("not json")]
    public void What_is_no_recording_is_refused(string json) =>
        Assert.ThrowsAny<JsonException>(() => RecordingJson.Read(Encoding.UTF8.GetBytes(json)));

    [Fact]
    public void A_recording_of_neither_a_request_nor_an_event_is_refused()
    {
        var json = RecordingJson.Write(Sample.Recording() with { Request = null }, text => text);
        Assert.Throws<JsonException>(() => RecordingJson.Read(json));
    }

    [Theory]
    [InlineData("Bearer [secret]", "Bearer mine", true)]
    [InlineData("Bearer [secret]", "Basic mine", false)]
    [InlineData("a=[secret]&b=[secret]&c", "a=1&b=2&c", true)]
    [InlineData("a=[secret]&b=[secret]&c", "a=1&x=2&c", false)]
    // user:hunter2 and user:mine
    [InlineData("Basic dXNlcjp[secret]Mg==", "Basic dXNlcjptaW5l", true)]
    [InlineData("Basic dXNlcjp[secret]Mg==", "Basic b3RoZXI6bWluZQ==", false)]
    [InlineData("[secret]", "", true)]
    [InlineData("plain", "plain", true)]
    [InlineData("plain", "other", false)]
    public void Where_a_secret_was_any_text_will_do_and_nowhere_else(string recorded, string actual, bool same) =>
        Assert.Equal(same, LenientMatch.IsSame(JsonValue.Create(recorded), JsonValue.Create(actual)));

    [Theory]
    [InlineData("""{"a":1,"b":null}""", """{"a":1}""", true)]
    [InlineData("""{"a":1}""", """{"a":1,"b":null}""", true)]
    [InlineData("""{"a":1}""", """{"a":1,"b":2}""", false)]
    [InlineData("""{"a":[1,2]}""", """{"a":[2,1]}""", false)]
    [InlineData("""{"a":[1]}""", """{"a":[1,2]}""", false)]
    public void Members_are_compared_in_any_order_and_items_in_theirs(string recorded, string actual, bool same) =>
        Assert.Equal(same, LenientMatch.IsSame(JsonNode.Parse(recorded), JsonNode.Parse(actual)));
}
