using System.Text;
using Alga.Extensions.Contracts;
using Alga.Extensions.Runner.Guests;
using CsCheck;

namespace Alga.Extensions.Runner.Engine.Tests;

/// <summary>What crosses the boundary by Wasmtime's C API, there and back through a guest.</summary>
public sealed class MarshallingTests : IDisposable
{
    private readonly Sandbox sandbox = new();

    public void Dispose() => sandbox.Dispose();

    [Fact]
    public void Text_comes_back_as_it_was_however_long()
    {
        // Beyond the room on the stack as well, where each text is allocated.
        var texts = Gen.OneOf(Gen.String, Gen.Select(Gen.String[1, 50], Gen.Int[0, 2_000]).Select((text, times) => string.Concat(Enumerable.Repeat(text, times))));
        texts.Sample(text => Assert.Equal(WellFormed(text), Echo(Sandbox.Request(body: text)).Body.Text), iter: 300, threads: 1);
    }

    [Fact]
    public void Bytes_come_back_as_they_were() =>
        Gen.Byte.Array[0, 5_000].Sample(
            bytes => Assert.Equal(bytes, Echo(Sandbox.Request() with { Body = GuestBody.OfBinary(bytes) }).Body.Binary), iter: 200, threads: 1);

    [Fact]
    public void Headers_come_back_in_their_order_with_what_repeats()
    {
        var value = Gen.Char[' ', '~'].Array[0, 100].Select(characters => new string(characters));
        var headers = Gen.Select(Gen.Int[0, 50], value).Array[0, PlatformLimits.MaxHeaderCount].Select(pairs => pairs.Select(pair => KeyValuePair.Create($"x-{pair.Item1}", pair.Item2)).ToList());
        headers.Sample(pairs => Assert.Equal(pairs, Echo(Sandbox.Request() with { Headers = pairs }).Headers), iter: 200, threads: 1);
    }

    [Fact]
    public void A_body_is_text_or_bytes_or_nothing_and_an_empty_one_is_still_what_it_is()
    {
        Assert.Equal(default, Echo(Sandbox.Request()).Body);
        Assert.Equal("", Echo(Sandbox.Request(body: "")).Body.Text);
        Assert.Equal(0, Echo(Sandbox.Request() with { Body = GuestBody.OfBinary([]) }).Body.Binary?.Length);
    }

    [Fact]
    public void Regression_a_binary_body_makes_no_object_for_each_of_its_bytes()
    {
        // With the binding's values each that came back was an object of 80 bytes.
        var request = Sandbox.Request() with { Body = GuestBody.OfBinary(new byte[PlatformLimits.MaxBinaryBodyBytes]) };
        Echo(request);
        var before = GC.GetAllocatedBytesForCurrentThread();

        Echo(request);

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, PlatformLimits.MaxBinaryBodyBytes, PlatformLimits.MaxBinaryBodyBytes + (16 * 1024));
    }

    /// <summary>Publishing refuses them as well; here they are what somebody got past that.</summary>
    [Theory]
    [InlineData("hello", "(result $response)", "(result u32)")]
    [InlineData("hello", "(field \"status\" u16)", "(field \"status\" u32)")]
    [InlineData("hello", "(field \"status\" u16)", "(field \"status\" string)")]
    [InlineData("hello", "(record (field \"status\" u16) (field \"headers\" (list $header))", "(record (field \"status\" u16)")]
    [InlineData("hello", "(field \"headers\" (list $header)) (field \"body\" $body)", "(field \"headers\" (list $header)) (field \"body\" $body) (field \"more\" u8)")]
    [InlineData("hello", "(case \"text\" string)", "(case \"words\" string)")]
    [InlineData("hello", "(case \"text\" string)", "(case \"text\" (list u16))")]
    [InlineData("counter", "(case \"binary\" (list u8))", "(case \"binary\" (list s8))")]
    [InlineData("hello", "(field \"path\" string)", "(field \"url\" string)")]
    public void An_export_of_other_types_ends_its_own_request_and_no_more(string name, string types, string others)
    {
        using var guest = sandbox.Load(Guest.Wasm(name, text => text.Replace(types, others, StringComparison.Ordinal)));

        Assert.False(sandbox.Invoke(guest, Sandbox.Request()).TryGet(out var response, out var refusal), response?.ToString());

        Assert.Equal(ErrorCode.InvalidResponse, refusal.Code);
        Assert.Null(sandbox.Fault);
        Assert.Equal("hello", sandbox.Answer("hello").Body.Text);
    }

    [Theory]
    [InlineData("(result (result (error string)))", "(result u32)", "ok")]
    [InlineData("(error string)", "(error u32)", "reject")]
    [InlineData("(field \"attempt\" u32)", "(field \"attempt\" s32)", "ok")]
    public void So_does_one_that_receives_events(string types, string others, string topic)
    {
        using var guest = sandbox.Load(Guest.Wasm("events", text => text.Replace(types, others, StringComparison.Ordinal)));
        var received = new GuestEvent { Id = "1", Topic = topic, OccurredAt = "2026-03-01T00:00:00Z", Attempt = 1, Payload = "{}" };

        Assert.False(sandbox.Invoke(guest, received).TryGet(out var response, out var refusal), response?.ToString());

        Assert.Equal(ErrorCode.InvalidResponse, refusal.Code);
        Assert.Null(sandbox.Fault);
    }

    private GuestResponse Echo(GuestRequest request) => sandbox.Answer("echo", request with { Endpoint = "200" });

    // A char that is half a pair has no UTF-8.
    private static string WellFormed(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
}
