namespace Alga.Extensions.Platform.Steps;

/// <summary>Somebody of the demo data who a token file is kept for.</summary>
/// <param name="Name">Name of the token file.</param>
/// <param name="Email">The user at the issuer.</param>
/// <param name="About">For people.</param>
internal sealed record DemoUser(string Name, string Email, string About)
{
    public static readonly DemoUser Ada = new("ada", "ada@acme.example", "Acme, administrator");
    public static readonly DemoUser Grace = new("grace", "grace@acme.example", "Acme, user");
    public static readonly DemoUser Host = new("host", "host@acme.example", "Acme, the host application itself");
    public static readonly DemoUser Linus = new("linus", "linus@globex.example", "Globex, administrator");
    public static readonly DemoUser Developer = new("dev", "dev@alga-samples.example", "developer of the publisher alga-samples");
    public static readonly DemoUser Operator = new("olivia", "olivia@platform.example", "operator of the platform");

    public static IReadOnlyList<DemoUser> All { get; } = [Ada, Grace, Host, Linus, Developer, Operator];

    /// <summary>Who installs extensions for the two demo tenants.</summary>
    public static IReadOnlyList<DemoUser> Administrators { get; } = [Ada, Linus];
}
