using Azure.Core;
using Azure.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Alga.Extensions.Database;

/// <summary>Registration of the database.</summary>
public static class DatabaseServiceCollectionExtensions
{
    // Earlier keywords give way to later ones, so these are defaults only. Seconds.
    private const string Defaults = "Timeout=5;Command Timeout=10;Keepalive=30;Max Auto Prepare=32;";

    /// <summary>
    /// Adds one pooled <see cref="NpgsqlDataSource"/>, <see cref="TenantDatabase"/>, <see cref="NoticeListener"/>, and the
    /// <see cref="RoleGuard"/> that ends a start with a login that could see past row-level security.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="url">Value of <c>DATABASE_URL</c>, see <see cref="DatabaseUrl"/>.</param>
    public static IServiceCollection AddDatabase(this IServiceCollection services, string url)
    {
        var connectionString = DatabaseUrl.Parse(url);
        services.AddSingleton(provider => CreateDataSource(connectionString, provider.GetService<ILoggerFactory>()));
        services.AddSingleton<TenantDatabase>();
        services.AddSingleton<NoticeListener>();
        services.AddSingleton<RoleGuard>();
        services.AddHostedService<RoleGuardStartup>();
        return services;
    }

    /// <summary>A pooled data source with this platform's defaults, for tools and tests that have no service collection.</summary>
    /// <param name="connectionString">As <see cref="DatabaseUrl.Parse"/> gives it.</param>
    /// <param name="loggers">Where the driver logs to.</param>
    /// <param name="credential">Gives tokens in the place of a password; left out, a managed identity does where <see cref="EntraLogin.Applies"/>.</param>
    public static NpgsqlDataSource CreateDataSource(string connectionString, ILoggerFactory? loggers = null, TokenCredential? credential = null)
    {
        var builder = new NpgsqlDataSourceBuilder(Defaults + connectionString);
        if (credential is not null || EntraLogin.Applies(connectionString)) EntraLogin.Use(builder, credential ?? new DefaultAzureCredential());
        if (loggers is not null) builder.UseLoggerFactory(loggers);
        return builder.Build();
    }
}
