using CsCheck;
using Npgsql;

namespace Alga.Extensions.Database.Tests;

public sealed class DatabaseUrlTests
{
    [Fact]
    public void A_full_url_gives_every_part()
    {
        var parsed = Parse("postgres://ada:secret@db.example.com:6543/extensions?sslmode=verify-full&application_name=gateway&connect_timeout=7&sslrootcert=/etc/ca.pem");

        Assert.Equal("db.example.com", parsed.Host);
        Assert.Equal(6543, parsed.Port);
        Assert.Equal("ada", parsed.Username);
        Assert.Equal("secret", parsed.Password);
        Assert.Equal("extensions", parsed.Database);
        Assert.Equal(SslMode.VerifyFull, parsed.SslMode);
        Assert.Equal("gateway", parsed.ApplicationName);
        Assert.Equal(7, parsed.Timeout);
        Assert.Equal("/etc/ca.pem", parsed.RootCertificate);
    }

    [Fact]
    public void The_port_defaults_to_5432_and_the_password_may_be_absent()
    {
        var parsed = Parse("postgresql://ada@localhost/extensions");

        Assert.Equal(5432, parsed.Port);
        Assert.Null(parsed.Password);
    }

    [Fact]
    public void An_ipv6_host_loses_its_brackets() => Assert.Equal("::1", Parse("postgres://ada@[::1]:5432/extensions").Host);

    [Fact]
    public void User_password_and_database_survive_any_characters() =>
        Gen.Select(Text, Text, Text).Sample((user, password, database) =>
        {
            var parsed = Parse($"postgres://{Uri.EscapeDataString(user)}:{Uri.EscapeDataString(password)}@localhost/{Uri.EscapeDataString(database)}");
            Assert.Equal((user, password, database), (parsed.Username, parsed.Password, parsed.Database));
        });

    [Fact]
    public void Npgsql_keywords_are_taken_as_they_are()
    {
        var parsed = Parse("Host=localhost;Database=extensions;Username=ada;Password=p;Maximum Pool Size=7");

        Assert.Equal(7, parsed.MaxPoolSize);
    }

    [Theory]
    [InlineData("", "No host")]
    [InlineData("postgres://localhost/extensions", "No user")]
    [InlineData("postgres://ada@localhost", "No database")]
    [InlineData("postgres://ada@localhost/", "No database")]
    [InlineData("postgres://ada:50%@localhost/extensions", "%25")]
    [InlineData("postgres://ada@localhost/extensions?sslmode=always", "sslmode is one of")]
    [InlineData("postgres://ada@localhost/extensions?connect_timeout=0", "connect_timeout")]
    [InlineData("postgres://ada@localhost/extensions?pool=3", "'pool' is not known")]
    [InlineData("postgres://ada@localhost:notaport/extensions", "does not parse")]
    [InlineData("mysql://ada@localhost/extensions", "Neither a URL")]
    [InlineData("Host=localhost;Colour=red", "Neither a URL")]
    [InlineData("Host=localhost;Port=many", "Neither a URL")]
    public void What_is_wrong_is_said(string text, string message) =>
        Assert.Contains(message, Assert.Throws<FormatException>(() => DatabaseUrl.Parse(text)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("postgres://ada:hunter2%@localhost/extensions")]
    [InlineData("postgres://ada:hunter2@localhost:x/extensions")]
    [InlineData("Host=localhost;Port=hunter2")]
    public void The_message_never_quotes_the_password(string text) =>
        Assert.DoesNotContain("hunter2", Assert.Throws<FormatException>(() => DatabaseUrl.Parse(text)).ToString(), StringComparison.Ordinal);

    private static readonly Gen<string> Text = Gen.String[Gen.Char["aB9 %:/@?#&=+;'\"\\é€"], 1, 12].Where(text => text.Trim().Length == text.Length);

    private static NpgsqlConnectionStringBuilder Parse(string text) => new(DatabaseUrl.Parse(text));
}
