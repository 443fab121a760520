using System.Globalization;
using Npgsql;

namespace Alga.Extensions.LoadDriver.Stack;

/// <summary>The database of the running platform.</summary>
internal static class PlatformDatabase
{
    /// <summary>Connection string of its owner.</summary>
    /// <param name="portBase">The platform's first port.</param>
    /// <param name="role">A role to act as, so that its rights and row-level security hold; null for the owner's own.</param>
    /// <param name="cancellationToken">Ends the reading of the password.</param>
    public static async Task<string> ConnectionAsync(int portBase, string? role, CancellationToken cancellationToken)
    {
        var password = (await File.ReadAllTextAsync(Path.Combine(Paths.State, "postgres.password"), cancellationToken)).Trim();
        return new NpgsqlConnectionStringBuilder
        {
            Host = "127.0.0.1",
            Port = portBase + 6,
            Database = "alga_extensions",
            Username = "postgres",
            Password = password,
            Options = role is null ? null : string.Create(CultureInfo.InvariantCulture, $"-c role={role}"),
        }.ConnectionString;
    }
}
