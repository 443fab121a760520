using Alga.Extensions.Contracts.Configuration;
using Microsoft.Extensions.Configuration;

namespace Alga.Extensions.Database;

/// <summary>Where the database is.</summary>
public static class DatabaseOptions
{
    /// <summary>Reads <c>DATABASE_URL</c> (required).</summary>
    /// <param name="configuration">Environment variables.</param>
    /// <param name="faults">Receives what is wrong; the result is of use only when there is nothing.</param>
    /// <returns>An Npgsql connection string, which <see cref="DatabaseServiceCollectionExtensions.AddDatabase"/> takes.</returns>
    public static string Read(IConfiguration configuration, ConfigurationFaults faults)
    {
        var url = faults.Required("DATABASE_URL", configuration["DATABASE_URL"], "postgres://user:password@host:port/database");
        if (url.Length == 0) return url;
        try
        {
            return DatabaseUrl.Parse(url);
        }
        catch (FormatException exception)
        {
            faults.Add("DATABASE_URL", exception.Message);
            return "";
        }
    }
}
