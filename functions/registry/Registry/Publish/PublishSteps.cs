using System.Diagnostics;

namespace Alga.Extensions.Registry.Publish;

/// <summary>What a publish has behind it, in order. After each of them the process may die, and a retry must give the same answer.</summary>
public enum PublishStep
{
    /// <summary>The request is on disk.</summary>
    Received,

    /// <summary>Archive, manifest, component and signature are good; nothing was changed yet.</summary>
    Checked,

    /// <summary>The hash is claimed: the collector leaves its blobs alone.</summary>
    Claimed,

    BundleStored,
    EnvelopeStored,
    ManifestStored,
    IndexStored,
    ComponentStored,

    /// <summary>The rows are written and not committed.</summary>
    RowsWritten,

    /// <summary>The version is visible; the answer is not sent.</summary>
    Committed,
}

/// <summary>
/// Tells whoever listens in this process (<see cref="DiagnosticListener"/>) how far a publish is. Nobody does in production, and then it
/// costs one comparison. Tests kill or hold the process there, so whatever changes something outside the process gets a step of its own.
/// </summary>
public static class PublishSteps
{
    /// <summary>Name of the listener; an event's name is the step's, its payload the <c>name@version</c> that is published.</summary>
    public const string ListenerName = "Alga.Extensions.Registry.Publish";

    private static readonly DiagnosticListener Listener = new(ListenerName);

    /// <summary>Says that a step is done.</summary>
    public static void Reached(PublishStep step, string target)
    {
        if (Listener.IsEnabled()) Listener.Write(step.ToString(), target);
    }
}
