using System.Globalization;
using Alga.Extensions.Services.Dotnet;

namespace Alga.Extensions.Services.Tests.Dotnet;

/// <summary>One of the local platform's programs on a free port with a state folder of its own.</summary>
public sealed class ProgramFolder : IDisposable
{
    private readonly DirectoryInfo root = Directory.CreateTempSubdirectory("alga-program-");

    public int Port { get; } = LoopbackPort.PickFree();

    public string State => root.FullName;

    public string PortText => Port.ToString(CultureInfo.InvariantCulture);

    /// <param name="project">Folder below <c>local/</c>, and name of the program.</param>
    /// <param name="readyUrl">Asked until it answers.</param>
    /// <param name="environment">Its settings.</param>
    /// <param name="readyStatus">A status that means ready besides success.</param>
    /// <param name="thumbprint">For https.</param>
    public DotnetService Service(
        string project, string readyUrl, Dictionary<string, string?> environment, int readyStatus = 200, Func<string?>? thumbprint = null)
    {
        // This test lies in .../bin/{configuration}/{framework}/, and so does the program.
        var framework = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd('/'));
        return new DotnetService(new DotnetServiceOptions
        {
            Name = project,
            Assembly = Path.Combine(RepositoryRoot.Find(), "local", project, "bin", framework.Parent!.Name, framework.Name, $"Alga.Extensions.{project}.dll"),
            Port = Port,
            ReadyUrl = new Uri(readyUrl),
            ReadyStatuses = [readyStatus],
            ReadThumbprint = thumbprint,
            Environment = environment,
            LogFile = Path.Combine(root.FullName, "log"),
        });
    }

    public void Dispose() => root.Delete(recursive: true);
}
