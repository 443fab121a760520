using Alga.Extensions.Contracts;

namespace Alga.Extensions.Bundles;

/// <summary>
/// Receives the files of a bundle while it is read. Until the reader has returned its contents, nothing received may be
/// trusted or made visible: a later byte can still refuse the whole bundle.
/// </summary>
public interface IBundleSink
{
    /// <summary>
    /// Gives the stream to write a file's content to, which the reader disposes after the last byte; <see cref="Stream.Null"/>
    /// to leave the file out; a refusal to stop reading. Called once for each file, in archive order.
    /// </summary>
    Outcome<Stream> Open(string path, long sizeBytes);
}
