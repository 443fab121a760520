namespace Alga.Extensions.Registry.Publish;

/// <summary>Keeps the first bytes that are written to it and lets the rest go.</summary>
internal sealed class BeginningStream(int length) : MemoryStream
{
    // What the base class offers besides comes here in the end.
    public override void Write(byte[] buffer, int offset, int count) => base.Write(buffer, offset, Math.Min(count, length - (int)Length));
}
