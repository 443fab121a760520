using System.Text.RegularExpressions;

namespace Alga.Extensions.Architecture.Tests;

/// <summary>An event id names one message for ever: alerts and searches are built on it.</summary>
public sealed partial class EventIdTests
{
    [Fact]
    public void No_two_log_messages_share_an_event_id()
    {
        var messages = (
            from folder in new[] { "shared", "functions", "runner-container", "scaler" }
            from path in SourceTree.Files(folder, "*.cs")
            from Match match in EventId().Matches(SourceTree.Read(path))
            select (Id: match.Groups["id"].Value, Path: path)).ToList();

        Assert.NotEmpty(messages);
        Assert.Empty(messages.GroupBy(message => message.Id).Where(group => group.Count() > 1)
            .Select(group => $"{group.Key}: {string.Join(", ", group.Select(message => message.Path))}"));
    }

    [GeneratedRegex(@"\[LoggerMessage\((?:EventId\s*=\s*)?(?<id>\d+)")]
    private static partial Regex EventId();
}
