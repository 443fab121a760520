using System.Diagnostics;

namespace Alga.Extensions.Registry.Maintenance;

/// <summary>What the collector has behind it with one hash, in order.</summary>
public enum CollectStep
{
    /// <summary>The claim was seen to be old; nothing is locked yet.</summary>
    Chosen,

    /// <summary>The claim is locked, is old still, and there is no version.</summary>
    Locked,

    /// <summary>The blobs are deleted; the claim is still there, and locked.</summary>
    BlobsDeleted,

    /// <summary>The claim is gone.</summary>
    Forgotten,
}

/// <summary>Tells whoever listens in this process how far the collector is, as <c>PublishSteps</c> does for a publish.</summary>
public static class CollectSteps
{
    /// <summary>Name of the listener; an event's name is the step's, its payload the content hash.</summary>
    public const string ListenerName = "Alga.Extensions.Registry.Collect";

    private static readonly DiagnosticListener Listener = new(ListenerName);

    /// <summary>Says that a step is done.</summary>
    public static void Reached(CollectStep step, string hash)
    {
        if (Listener.IsEnabled()) Listener.Write(step.ToString(), hash);
    }
}
