using Alga.Extensions.Services.Postgres;

namespace Alga.Extensions.Platform.State;

/// <summary>Where everything lies that survives a restart.</summary>
public sealed class StateFolder(string root)
{
    public string Root => root;

    public string Publisher => Path.Combine(root, "publisher");

    public string PublisherKey => Path.Combine(Publisher, "key.pem");

    public string PublisherPublicKey => Path.Combine(Publisher, "key.pub.pem");

    public string TrustBundle => Path.Combine(root, "trust.pem");

    public string Bundles => Path.Combine(root, "bundles");

    public string Issuer => Path.Combine(root, "issuer");

    public string KeyVault => Path.Combine(root, "keyvault");

    public string RunnerCache => Path.Combine(root, "runner-cache");

    public string SecondRunnerCache => Path.Combine(root, "runner-cache-2");

    public string Prometheus => Path.Combine(root, "prometheus");

    public string DemoHostConfig => Path.Combine(root, "demo-host.json");

    public string Log(string service) => Path.Combine(root, "logs", service + ".log");

    public string Token(string user) => Path.Combine(root, "tokens", user);

    public string Password(string login) => Path.Combine(root, "passwords", login);

    /// <summary>What ./run remembers of builds; no state of the platform.</summary>
    private string Build => Path.Combine(root, "build");

    internal string LockFile => Path.Combine(root, "lock");

    /// <summary>Removes everything but the lock, which the caller holds.</summary>
    public void Clear()
    {
        foreach (var folder in Directory.EnumerateDirectories(root).Where(folder => folder != Build)) Directory.Delete(folder, recursive: true);
        foreach (var file in Directory.EnumerateFiles(root).Where(file => file != LockFile)) File.Delete(file);
        var elsewhere = PostgresFolders.FallbackFor(root);
        if (Directory.Exists(elsewhere)) Directory.Delete(elsewhere, recursive: true);
    }

    /// <summary>Starts each log anew, keeping the previous start's beside it.</summary>
    public void RotateLogs()
    {
        var folder = Path.GetDirectoryName(Log("any"))!;
        Directory.CreateDirectory(folder);
        foreach (var log in Directory.EnumerateFiles(folder, "*.log")) File.Move(log, log + ".previous", overwrite: true);
    }
}
