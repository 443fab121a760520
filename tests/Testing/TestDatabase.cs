using Alga.Extensions.Database;
using Npgsql;

namespace Alga.Extensions.Testing;

/// <summary>A database of a test: Npgsql connection strings for its owner and for the login of each component.</summary>
public sealed class TestDatabase
{
    internal const string Password = "only-for-tests";
    internal static readonly IReadOnlyList<string> Roles = [ApplicationRole.Registry, ApplicationRole.Gateway, ApplicationRole.Runner];

    private readonly string adminConnectionString;

    internal TestDatabase(string adminConnectionString, string name)
    {
        this.adminConnectionString = adminConnectionString;
        Name = name;
    }

    public string Name { get; }

    /// <summary>The superuser, who owns the tables.</summary>
    public string Owner => Build(builder => builder);

    /// <summary>A login with the rights of <c>alga_registry</c>.</summary>
    public string Registry => For(ApplicationRole.Registry);

    /// <summary>A login with the rights of <c>alga_gateway</c>.</summary>
    public string Gateway => For(ApplicationRole.Gateway);

    /// <summary>A login with the rights of <c>alga_runner</c>.</summary>
    public string Runner => For(ApplicationRole.Runner);

    /// <summary>The login with the rights of an application role.</summary>
    /// <param name="role">A name of <see cref="ApplicationRole"/>.</param>
    public string For(string role) => Build(builder =>
    {
        builder.Username = LoginOf(role);
        builder.Password = Password;
        return builder;
    });

    internal static string LoginOf(string role) => role + "_login";

    private string Build(Func<NpgsqlConnectionStringBuilder, NpgsqlConnectionStringBuilder> change) =>
        change(new NpgsqlConnectionStringBuilder(adminConnectionString) { Database = Name }).ConnectionString;
}
