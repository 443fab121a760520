using System.Globalization;
using Alga.Extensions.Services.Processes;
using Npgsql;

namespace Alga.Extensions.Services.Postgres;

/// <summary>A real PostgreSQL from the npm package, on loopback only, with a password of its own.</summary>
public sealed class PostgresServer(PostgresOptions options) : ILocalService
{
    private const string Administrator = "postgres";
    private static readonly TimeSpan ReadyLimit = TimeSpan.FromSeconds(30);

    private readonly string? user = UnprivilegedUser.Name;
    private ChildProcess? process;

    public string Name => "postgres";

    public IReadOnlyList<int> Ports => [options.Port];

    public int? ProcessId => process?.Id;

    /// <summary>A sentence for the person when the data lies elsewhere than in the state folder, or null.</summary>
    public string? Notice { get; private set; }

    /// <summary>Npgsql connection string of the superuser, for the database <c>postgres</c>.</summary>
    public string AdminConnectionString => new NpgsqlConnectionStringBuilder
    {
        Host = "127.0.0.1",
        Port = options.Port,
        Username = Administrator,
        Password = Password,
        Database = "postgres",
        SslMode = SslMode.Disable,
    }.ConnectionString;

    private string Password => SecretFile.ReadOrCreate(Path.Combine(options.StateFolder, "postgres.password"));

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var folders = await PostgresFolders.PrepareAsync(options, user).ConfigureAwait(false);
        Notice = folders.Notice;
        var data = Path.Combine(folders.Data, "data");
        if (!Directory.Exists(data)) await InitialiseAsync(folders, data, cancellationToken).ConfigureAwait(false);
        await StaleLock.ClearAsync(data, cancellationToken).ConfigureAwait(false);

        process = await StartAsync(folders, "postgres",
        [
            "-D", data, "-p", options.Port.ToString(CultureInfo.InvariantCulture),
            "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=", "-c", "max_connections=200", "-c", "jit=off",
            .. options.Durable ? Array.Empty<string>() : ["-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off"],
        ]).ConfigureAwait(false);
        await ReadyProbe.WaitAsync(Name, process, ReadyLimit, AskAsync, cancellationToken).ConfigureAwait(false);
    }

    public Task<string> WaitForExitAsync(CancellationToken cancellationToken) => Running.WaitForExitAsync(cancellationToken);

    public Task StopAsync() => process?.StopAsync() ?? Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await StopAsync().ConfigureAwait(false);
        process?.Dispose();
    }

    private ChildProcess Running => process ?? throw new InvalidOperationException("The server was not started.");

    /// <summary>Made under another name first, so that a start that was cut off leaves no half data folder behind.</summary>
    private async Task InitialiseAsync(PostgresFolders folders, string data, CancellationToken cancellationToken)
    {
        var fresh = data + ".new";
        if (Directory.Exists(fresh)) Directory.Delete(fresh, recursive: true);
        // initdb takes the password from a file only, which it must be able to read as the other user.
        var passwordFile = Path.Combine(folders.Data, "initial.password");
        await File.WriteAllTextAsync(passwordFile, Password, cancellationToken).ConfigureAwait(false);
        using var initdb = await StartAsync(folders, "initdb",
        [
            "-D", fresh, "-U", Administrator, "--pwfile", passwordFile, "--auth", "scram-sha-256", "-E", "UTF8",
            "--no-locale", "--locale-provider", "builtin", "--builtin-locale", "C.UTF-8", "--no-instructions",
            .. options.Durable ? Array.Empty<string>() : ["--no-sync"],
        ]).ConfigureAwait(false);
        await initdb.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
        File.Delete(passwordFile);
        if (!Directory.Exists(Path.Combine(fresh, "base"))) throw new ServiceException($"PostgreSQL's data folder could not be made.\n{initdb.ReadLogTail()}");
        Directory.Move(fresh, data);
    }

    private Task<ChildProcess> StartAsync(PostgresFolders folders, string program, IReadOnlyList<string> arguments) =>
        ChildProcess.StartAsync(new ChildOptions
        {
            Name = program,
            FileName = Path.Combine(folders.Native, "bin", program),
            Arguments = arguments,
            Environment = new Dictionary<string, string?> { ["LD_LIBRARY_PATH"] = null, ["LC_ALL"] = "C" },
            WorkingDirectory = folders.Data,
            LogFile = options.LogFile,
            User = user,
            // A "fast" shutdown: roll back what runs, disconnect, write everything.
            StopSignal = Native.SigInt,
        });

    private async Task<string?> AskAsync(CancellationToken cancellationToken)
    {
        try
        {
            var builder = new NpgsqlConnectionStringBuilder(AdminConnectionString) { Pooling = false, Timeout = 2 };
            await using var connection = new NpgsqlConnection(builder.ConnectionString);
            await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
            return null;
        }
        catch (NpgsqlException exception)
        {
            return exception.Message;
        }
    }
}
