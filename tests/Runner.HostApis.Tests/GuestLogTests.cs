using System.Text.Json;
using Alga.Extensions.Runner.Engine;
using CsCheck;
using Microsoft.Extensions.Logging;

namespace Alga.Extensions.Runner.HostApis.Tests;

public class GuestLogTests
{
    private readonly LogLines lines = new();
    private readonly KnownSecrets secrets = new();
    private readonly CapturedLog captured = new(TimeProvider.System);
    private readonly GuestLog log;

    public GuestLogTests() => log = new GuestLog(Invocation.Context() with { Captured = captured }, secrets, lines);

    [Fact]
    public void A_secret_is_taken_out_of_message_and_fields_and_of_what_is_kept()
    {
        secrets.Add("canary\"5f1c/==");
        var basic = Convert.ToBase64String("user:canary\"5f1c/=="u8);
        log.Write(GuestLogLevel.Info, $"key canary\"5f1c/== {basic}", [new("canary\"5f1c/==", "a canary%225f1c%2F%3D%3D z"), new("json", "{\"k\":\"canary\\u00225f1c/==\"}")]);
        var written = Assert.Single(lines.Lines).Text;
        var kept = captured.ToJson()!;
        foreach (var text in new[] { written, kept })
        {
            Assert.DoesNotContain("canary", text, StringComparison.Ordinal);
            Assert.DoesNotContain(basic[10..], text, StringComparison.Ordinal);
        }

        Assert.Contains("\"key [secret] ", kept, StringComparison.Ordinal);
    }

    [Fact]
    public void No_beginning_of_a_secret_is_left_where_a_line_is_cut() =>
        Gen.Int[GuestLog.MaxMessageLength - 100, GuestLog.MaxMessageLength + 200].Sample(before =>
        {
            secrets.Add("canary-5f1c-canary-5f1c");
            lines.Lines.Clear();
            new GuestLog(Invocation.Context(), secrets, lines).Write(GuestLogLevel.Info, new string('a', before) + "canary-5f1c-canary-5f1c" + new string('b', 10_000), []);
            return !((string)lines.Lines[0].Values["GuestMessage"]!).Contains("ca", StringComparison.Ordinal);
        }, threads: 1, iter: 200);

    [Fact]
    public void Lines_are_kept_for_the_record_up_to_a_size_and_the_last_says_so()
    {
        for (var i = 0; i < 10; i++) log.Write(GuestLogLevel.Error, new string('a', 5_000), []);
        Assert.Equal(10, lines.Lines.Count);
        var kept = JsonDocument.Parse(captured.ToJson()!).RootElement;
        Assert.InRange(kept.GetRawText().Length, 1, CapturedLog.MaxBytes);
        Assert.Contains("the rest is left out", kept[kept.GetArrayLength() - 1].GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal("error", kept[0].GetProperty("level").GetString());
    }

    [Theory]
    [InlineData(GuestLogLevel.Debug, LogLevel.Debug)]
    [InlineData(GuestLogLevel.Info, LogLevel.Information)]
    [InlineData(GuestLogLevel.Warn, LogLevel.Warning)]
    [InlineData(GuestLogLevel.Error, LogLevel.Error)]
    public void A_level_is_mapped(GuestLogLevel level, LogLevel expected)
    {
        log.Write(level, "m", []);
        Assert.Equal(expected, Assert.Single(lines.Lines).Level);
    }

    [Fact]
    public void A_line_carries_request_tenant_extension_and_install()
    {
        log.Write(GuestLogLevel.Info, "hello {braces}", [new("a", "1"), new("b", "\"")]);
        var (_, text, values) = Assert.Single(lines.Lines);
        Assert.StartsWith("hello {braces}", text, StringComparison.Ordinal);
        Assert.Equal("hello {braces}", values["GuestMessage"]);
        Assert.Equal("""{"a":"1","b":"\u0022"}""", values["GuestFields"]);
        Assert.Equal(Invocation.Acme, values["TenantId"]);
        Assert.Equal(Invocation.Extension, values["ExtensionId"]);
        Assert.Equal(Guid.Parse("01936b2e-0000-7000-8000-000000000001"), values["RequestId"]);
        Assert.Equal(Guid.Parse("01936b2e-0000-7000-8000-000000000002"), values["InstallId"]);
    }

    [Fact]
    public void Lines_beyond_the_cap_are_dropped_and_that_is_said_once()
    {
        for (var i = 0; i < GuestLog.MaxLines + 50; i++) log.Write(GuestLogLevel.Info, "m", []);
        Assert.Equal(GuestLog.MaxLines + 1, lines.Lines.Count);
        Assert.Contains("the rest is dropped", lines.Lines[^1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Long_lines_beyond_the_cap_are_dropped_and_that_is_said_once()
    {
        for (var i = 0; i < GuestLog.MaxLines; i++) log.Write(GuestLogLevel.Info, new string('m', 100_000), []);
        Assert.Equal((GuestLog.MaxCharacters / GuestLog.MaxMessageLength) + 1, lines.Lines.Count);
        Assert.Contains("the rest is dropped", lines.Lines[^1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_message_is_cut() => Assert.Equal(GuestLog.MaxMessageLength, ((string)Written(new string('a', 100_000))).Length);

    [Fact]
    public void A_cut_never_leaves_half_a_character() =>
        Gen.Select(Gen.OneOf(Gen.Const("a"), Gen.Const("é"), Gen.Const("漢"), Gen.Const("🙂")).Array[0, 40], Gen.Int[1, 30]).Sample((parts, length) =>
        {
            var text = string.Concat(parts);
            var cut = TextCut.At(text, length);
            return cut.Length <= Math.Max(length, 0) && text.StartsWith(cut, StringComparison.Ordinal)
                && (cut.Length == 0 || !char.IsHighSurrogate(cut[^1])) && cut.Length >= Math.Min(text.Length, length) - 1;
        });

    [Fact]
    public void Fields_beyond_their_caps_are_cut()
    {
        var fields = Enumerable.Range(0, 100).Select(i => KeyValuePair.Create($"f{i}", new string('v', 5_000))).ToList();
        log.Write(GuestLogLevel.Info, "m", fields);
        var text = (string)lines.Lines[0].Values["GuestFields"]!;
        Assert.InRange(text.Length, GuestLog.MaxFields * GuestLog.MaxFieldValueLength, GuestLog.MaxFields * (GuestLog.MaxFieldValueLength + 80));
    }

    private object Written(string message)
    {
        log.Write(GuestLogLevel.Info, message, []);
        return lines.Lines[0].Values["GuestMessage"]!;
    }
}
