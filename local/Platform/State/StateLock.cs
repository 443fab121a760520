using System.Globalization;
using Alga.Extensions.Services;

namespace Alga.Extensions.Platform.State;

/// <summary>Keeps two platforms out of one state folder. The system lets go of it when the process ends, however it ends.</summary>
public sealed class StateLock : IDisposable
{
    private readonly FileStream file;

    private StateLock(FileStream file) => this.file = file;

    /// <exception cref="ServiceException">Another platform runs in this folder.</exception>
    public static StateLock Take(StateFolder state)
    {
        try
        {
            Directory.CreateDirectory(state.Root);
            var file = new FileStream(state.LockFile, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            file.SetLength(0);
            using (var writer = new StreamWriter(file, leaveOpen: true)) writer.Write(Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
            return new StateLock(file);
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new ServiceException($"{state.Root} belongs to another user ({exception.Message}): take its owner, or another folder with --state DIR.", exception);
        }
        catch (IOException) when (File.Exists(state.LockFile))
        {
            throw new ServiceException(
                $"A platform runs in {state.Root} already. Stop it with Ctrl-C where it runs, or start a second one with --state DIR and --port-base N.");
        }
    }

    public void Dispose() => file.Dispose();
}
