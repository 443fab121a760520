using Alga.Extensions.Runner.Engine;
using CsCheck;
using Microsoft.Extensions.Logging;

namespace Alga.Extensions.Runner.HostApis.Tests;

public class GuestLogTests
{
    private readonly LogLines lines = new();
    private readonly GuestLog log;

    public GuestLogTests() => log = new GuestLog(Invocation.Context(), lines);

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
