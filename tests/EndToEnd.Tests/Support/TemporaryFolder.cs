using System.Diagnostics.CodeAnalysis;

namespace Alga.Extensions.EndToEnd.Tests.Support;

/// <summary>A folder for state that goes with the tests. Others may pass through it, so that PostgreSQL's data stays inside it for root too.</summary>
[SuppressMessage("Interoperability", "CA1416", Justification = "The platform runs on Linux.")]
public sealed class TemporaryFolder : IDisposable
{
    private const UnixFileMode PassThrough =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    public TemporaryFolder() => File.SetUnixFileMode(Root, PassThrough);

    public string Root { get; } = Directory.CreateTempSubdirectory("alga-e2e-").FullName;

    public string State => Path.Combine(Root, "state");

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
