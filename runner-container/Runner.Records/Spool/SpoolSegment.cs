namespace Alga.Extensions.Runner.Records;

/// <summary>A file of the spool that nobody writes to any more, held so that no other process takes it.</summary>
/// <param name="Path">The file.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Records">What it holds.</param>
/// <param name="Hold">Keeps it ours until it is closed.</param>
internal sealed record SpoolSegment(string Path, long Bytes, IReadOnlyList<ExecutionRecord> Records, FileStream Hold);
