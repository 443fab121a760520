using System.Text.Json.Nodes;

namespace Alga.Extensions.DevHost.Events;

/// <summary>Tells whoever started this process what happens: one JSON object a line, with its kind in <c>event</c>.</summary>
internal sealed class EventWriter(TextWriter output)
{
    private readonly Lock gate = new();

    public void Write(string kind, JsonObject facts)
    {
        facts["event"] = kind;
        var line = facts.ToJsonString();
        lock (gate)
        {
            output.WriteLine(line);
            output.Flush();
        }
    }
}
