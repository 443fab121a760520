using System.Text;
using System.Text.RegularExpressions;
using Alga.Extensions.Manifest.Reading;

namespace Alga.Extensions.Manifest.Rules;

/// <summary><c>events</c> are topics, each at most once.</summary>
internal static partial class EventsRule
{
    private const int MaxFilterBytes = 4_096;

    public static IReadOnlyList<EventSubscription> Read(Section root)
    {
        var subscriptions = new List<EventSubscription>();
        var topics = new HashSet<string>(StringComparer.Ordinal);
        foreach (var section in root.Objects("events", maxCount: 50))
        {
            section.RefuseOthers("topic", "filter");
            if (!section.Has("topic")) section.Fault("topic", "is missing; add it");
            var filter = section.RawObject("filter");
            if (filter is { } value && Encoding.UTF8.GetByteCount(value.GetRawText()) > MaxFilterBytes)
                section.Fault("filter", $"is larger than {MaxFilterBytes} bytes; shorten it");
            if (section.Text("topic", 128, Topic(), "must be words of letters, digits, '_' or '-' joined by dots, such as ticket.created") is not { } topic) continue;
            if (!topics.Add(topic)) section.Fault("topic", $"'{topic}' is there twice; keep one");
            subscriptions.Add(new(topic, filter));
        }

        return subscriptions;
    }

    [GeneratedRegex(@"\A[A-Za-z][A-Za-z0-9_-]*(?:\.[A-Za-z0-9_-]+)*\z", RegexOptions.CultureInvariant)]
    internal static partial Regex Topic();
}
