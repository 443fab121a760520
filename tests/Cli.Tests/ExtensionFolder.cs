namespace Alga.Extensions.Cli.Tests;

/// <summary>A folder of a small extension, with a key, all gone after the test.</summary>
public sealed class ExtensionFolder : IDisposable
{
    public const string Manifest = """
        {
          "manifestVersion": 2, "name": "com.acme.reports", "publisher": "acme", "version": "1.2.3",
          "displayName": "Reports", "runtime": "wasm-component@2", "entry": "dist/main.wasm",
          "api": { "endpoints": [ { "method": "GET", "path": "/reports" } ] }
        }
        """;

    private readonly DirectoryInfo root = Directory.CreateTempSubdirectory("alga-cli-");

    public ExtensionFolder()
    {
        Write("extension/manifest.json", Manifest);
        Write("extension/dist/main.wasm", "component");
        Write("extension/README.md", "# Reports");
        Write("extension/server/main.ts", "source");
        Write("extension/.env", "secret");
    }

    public string Source => Path("extension");

    public string Bundle => Path("reports.tar.zst");

    public string Envelope => Bundle + ".dsse.json";

    public string Key => Path("key.pem");

    public string Trust => Path("key.pub.pem");

    public string Path(string name) => System.IO.Path.Combine(root.FullName, name);

    public void Write(string name, string text)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path(name))!);
        File.WriteAllText(Path(name), text);
    }

    /// <summary>Makes key, bundle and signature.</summary>
    internal async Task SignAsync()
    {
        foreach (var arguments in new string[][]
        {
            ["keygen", "--out", Key, "--publisher", "acme", "--no-passphrase"],
            ["pack", Source, "-o", Bundle],
            ["sign", Bundle, "--key", Key],
        })
        {
            var run = await CliRun.RunAsync(arguments);
            Assert.True(run.ExitCode == 0, run.Error);
        }
    }

    public void Dispose() => root.Delete(recursive: true);
}
