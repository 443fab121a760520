using Alga.Extensions.Bundles.Types;

namespace Alga.Extensions.Bundles.Rewriting;

/// <summary>How many memories a component makes for itself: a sandbox bounds each by itself, and an extension's limit is for all of them.</summary>
public static class MemoryCount
{
    // More than any sandbox has; what is not understood counts as that.
    private const int Unknown = 1_000;
    private const int MaxDepth = 8;

    /// <summary>The number of memories; a thousand stands for more and for a component whose layout is not known. Never throws because of the bytes.</summary>
    public static int Of(ReadOnlyMemory<byte> component) => Of(component, 0);

    private static int Of(ReadOnlyMemory<byte> component, int depth)
    {
        if (depth == MaxDepth || Section.ReadAll(component) is not { } sections || ComponentLayout.Read(sections) is not { HasOnlyOwnInstances: true } layout) return Unknown;
        var memories = 0;
        for (var place = 0; place < sections.Count && memories < Unknown; place++)
        {
            memories += sections[place].Id switch
            {
                // Both factors are bounded: the product of what a component may say does not fit into a number.
                ComponentSection.CoreModule => Math.Min(Unknown, layout.CountInstances(place)) * OfModule(sections[place].Body),
                ComponentSection.Component when layout.CountInstances(place) is var times and > 0 => Math.Min(Unknown, times) * Of(sections[place].Body, depth + 1),
                _ => 0,
            };
        }

        return Math.Min(memories, Unknown);
    }

    private static int OfModule(ReadOnlyMemory<byte> module)
    {
        if (Section.ReadAll(module) is not { } sections) return Unknown;
        var memories = sections.Find(section => section.Id == CoreSection.Memory);
        if (memories.Body.IsEmpty) return 0;
        var reader = new SectionReader(memories.Body.Span);
        return (int)Math.Min(reader.Number(), Unknown);
    }
}
