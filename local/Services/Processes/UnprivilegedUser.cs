using System.Diagnostics;

namespace Alga.Extensions.Services.Processes;

/// <summary>The user that PostgreSQL runs as when this process is root: PostgreSQL refuses root.</summary>
internal static class UnprivilegedUser
{
    private const string Nobody = "nobody";

    /// <summary>The user to drop to; null when this process is no root already.</summary>
    public static string? Name { get; } = Native.EffectiveUserId() == 0 ? Nobody : null;

    /// <summary>Arguments of setpriv that change to a user, none for null.</summary>
    public static IReadOnlyList<string> SetprivArguments(string? user) =>
        user is null ? [] : ["--reuid", user, "--regid", "nogroup", "--clear-groups"];

    /// <summary>Whether the user can enter a folder and read in it.</summary>
    public static async Task<bool> CanReadAsync(string user, string folder)
    {
        var exit = await RunAsync(["setpriv", .. SetprivArguments(user), "test", "-r", folder, "-a", "-x", folder]).ConfigureAwait(false);
        return exit == 0;
    }

    /// <summary>Makes a folder that belongs to the user and is closed to others.</summary>
    public static async Task CreateFolderAsync(string? user, string folder)
    {
        const UnixFileMode Closed = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        Directory.CreateDirectory(folder);
        File.SetUnixFileMode(folder, Closed);
        if (user is null) return;
        if (await RunAsync(["chown", $"{user}:nogroup", folder]).ConfigureAwait(false) != 0)
        {
            throw new ServiceException($"{folder} cannot be given to the user {user}; PostgreSQL does not run as root and needs a folder of its own.");
        }
    }

    private static async Task<int> RunAsync(IReadOnlyList<string> command)
    {
        var info = new ProcessStartInfo(command[0], command.Skip(1)) { RedirectStandardError = true, RedirectStandardOutput = true };
        using var process = Process.Start(info) ?? throw new ServiceException($"{command[0]} did not start.");
        await process.WaitForExitAsync().ConfigureAwait(false);
        return process.ExitCode;
    }
}
