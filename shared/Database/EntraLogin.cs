using Azure.Core;
using Azure.Identity;
using Npgsql;

namespace Alga.Extensions.Database;

/// <summary>
/// Logins without a password: at Azure Database for PostgreSQL a managed identity shows a token instead, which lives for
/// about a day at most and is asked for anew long before.
/// </summary>
public static class EntraLogin
{
    private const string HostSuffix = ".postgres.database.azure.com";
    private static readonly TokenRequestContext Scope = new(["https://ossrdbms-aad.database.windows.net/.default"]);
    private static readonly TimeSpan RenewAfter = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);

    /// <summary>Whether this is such a login: a host of Azure, a user, no password.</summary>
    /// <param name="connectionString">As <see cref="DatabaseUrl.Parse"/> gives it.</param>
    public static bool Applies(string connectionString)
    {
        var builder = new NpgsqlConnectionStringBuilder(connectionString);
        return string.IsNullOrEmpty(builder.Password)
            && string.IsNullOrEmpty(builder.Passfile)
            && builder.Host is { } host
            && host.EndsWith(HostSuffix, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>The connection string with a token in the place of the password, for work that ends within minutes; unchanged where this is no such login.</summary>
    /// <exception cref="AuthenticationFailedException">No identity answers.</exception>
    public static async Task<string> WithTokenAsync(string connectionString, CancellationToken cancellationToken)
    {
        if (!Applies(connectionString)) return connectionString;
        var token = await new DefaultAzureCredential().GetTokenAsync(Scope, cancellationToken).ConfigureAwait(false);
        return new NpgsqlConnectionStringBuilder(connectionString) { Password = token.Token }.ConnectionString;
    }

    /// <summary>Gives every new connection the current token.</summary>
    internal static void Use(NpgsqlDataSourceBuilder builder, TokenCredential credential) => builder.UsePeriodicPasswordProvider(
        async (_, cancellationToken) => (await credential.GetTokenAsync(Scope, cancellationToken).ConfigureAwait(false)).Token, RenewAfter, RetryAfter);
}
