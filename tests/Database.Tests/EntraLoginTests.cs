using Alga.Extensions.Testing;
using Azure.Core;
using Npgsql;

namespace Alga.Extensions.Database.Tests;

public sealed class EntraLoginTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    [Theory]
    [InlineData("Host=db.postgres.database.azure.com;Database=alga;Username=alga-dev-runner", true)]
    [InlineData("Host=DB.Postgres.Database.Azure.Com;Database=alga;Username=alga-dev-runner", true)]
    [InlineData("Host=db.postgres.database.azure.com;Database=alga;Username=u;Password=p", false)]
    [InlineData("Host=db.example.com;Database=alga;Username=u", false)]
    [InlineData("Host=postgres.database.azure.com.example.com;Database=alga;Username=u", false)]
    [InlineData("Host=/var/run/postgresql;Database=alga;Username=u", false)]
    public void A_token_goes_only_to_a_host_of_Azure_and_only_where_there_is_no_password(string connectionString, bool expected) =>
        Assert.Equal(expected, EntraLogin.Applies(connectionString));

    [Fact]
    public async Task Connections_log_in_with_the_token()
    {
        var login = new NpgsqlConnectionStringBuilder(postgres.AdminConnectionString);
        var credential = new FixedToken(login.Password!);
        login.Password = null;

        await using var source = DatabaseServiceCollectionExtensions.CreateDataSource(login.ConnectionString, credential: credential);
        await using var connection = await source.OpenConnectionAsync();

        Assert.Equal(["https://ossrdbms-aad.database.windows.net/.default"], credential.Scopes);
    }

    [Fact]
    public async Task A_token_that_the_server_refuses_lets_nobody_in()
    {
        var login = new NpgsqlConnectionStringBuilder(postgres.AdminConnectionString) { Password = null };

        await using var source = DatabaseServiceCollectionExtensions.CreateDataSource(login.ConnectionString, credential: new FixedToken("wrong"));

        await Assert.ThrowsAsync<PostgresException>(async () => await source.OpenConnectionAsync());
    }

    [Fact]
    public async Task A_login_with_a_password_keeps_it() =>
        Assert.Equal(postgres.AdminConnectionString, await EntraLogin.WithTokenAsync(postgres.AdminConnectionString, CancellationToken.None));

    private sealed class FixedToken(string token) : TokenCredential
    {
        public IReadOnlyList<string> Scopes { get; private set; } = [];

        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken)
        {
            Scopes = requestContext.Scopes;
            return new AccessToken(token, DateTimeOffset.MaxValue);
        }

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            ValueTask.FromResult(GetToken(requestContext, cancellationToken));
    }
}
