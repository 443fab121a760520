using System.Text;
using Alga.Extensions.Contracts;
using Alga.Extensions.Services.Processes;

namespace Alga.Extensions.Services.Postgres;

/// <summary>Where the program and its data lie, both of which the user that PostgreSQL runs as must be able to enter.</summary>
/// <param name="Native">Folder with <c>bin</c>, <c>lib</c> and <c>share</c>.</param>
/// <param name="Data">Parent of the data folder.</param>
/// <param name="Notice">A sentence for the person when something lies elsewhere than expected, or null.</param>
public sealed record PostgresFolders(string Native, string Data, string? Notice)
{
    /// <summary>
    /// The folder that replaces <paramref name="stateFolder"/> where that one cannot be entered, such as below /root.
    /// Its name follows from the state folder, so a later start finds it again.
    /// </summary>
    public static string FallbackFor(string stateFolder) =>
        Path.Combine("/var/tmp", "alga-extensions-" + ContentHash.Of(Encoding.UTF8.GetBytes(Path.GetFullPath(stateFolder))).Hex[..16]);

    internal static async Task<PostgresFolders> PrepareAsync(PostgresOptions options, string? user)
    {
        var native = Path.Combine(NodePackages.FindPostgres(options.RepositoryRoot), "native");
        Directory.CreateDirectory(options.StateFolder);
        if (user is null) return await FinishAsync(native, options.StateFolder, null, user).ConfigureAwait(false);

        // Data lies one level below the state folder, which itself may be closed: open just the way through.
        File.SetUnixFileMode(options.StateFolder, File.GetUnixFileMode(options.StateFolder) | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute | UnixFileMode.OtherRead);
        var fallback = FallbackFor(options.StateFolder);
        var data = await UnprivilegedUser.CanReadAsync(user, options.StateFolder).ConfigureAwait(false) ? options.StateFolder : fallback;
        var program = native;
        if (!await UnprivilegedUser.CanReadAsync(user, native).ConfigureAwait(false))
        {
            program = Path.Combine(fallback, "postgres-program");
            CopyProgram(native, program);
        }

        if (data == options.StateFolder && program == native) return await FinishAsync(program, data, null, user).ConfigureAwait(false);
        var notice = $"PostgreSQL runs as the user '{user}', who cannot enter {(data == fallback ? options.StateFolder : native)}: "
            + $"its {(data == fallback ? "data" : "program")} lies in {fallback}.";
        return await FinishAsync(program, data, notice, user).ConfigureAwait(false);
    }

    private static async Task<PostgresFolders> FinishAsync(string native, string parent, string? notice, string? user)
    {
        PostgresLinks.Restore(native);
        Directory.CreateDirectory(parent);
        var data = Path.Combine(parent, "postgres");
        await UnprivilegedUser.CreateFolderAsync(user, data).ConfigureAwait(false);
        return new PostgresFolders(native, data, notice);
    }

    private static void CopyProgram(string from, string to)
    {
        if (Directory.Exists(to)) return;
        var temporary = $"{to}.{Environment.ProcessId}";
        foreach (var folder in Directory.EnumerateDirectories(from, "*", SearchOption.AllDirectories).Prepend(from))
        {
            Directory.CreateDirectory(Path.Combine(temporary, Path.GetRelativePath(from, folder)));
        }

        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            File.Copy(file, Path.Combine(temporary, Path.GetRelativePath(from, file)));
        }

        if (!Directory.Exists(to)) Directory.Move(temporary, to);
    }
}
