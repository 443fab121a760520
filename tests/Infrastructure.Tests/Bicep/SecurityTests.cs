using System.Text.RegularExpressions;
using Alga.Extensions.BlobStorage;
using Alga.Extensions.Contracts;

namespace Alga.Extensions.Infrastructure.Tests.Bicep;

/// <summary>What an operator signs off on, of every environment.</summary>
public sealed partial class SecurityTests
{
    // Roles by id; whatever is not here needs a reason first.
    private static readonly Dictionary<string, string> KnownRoles = new(StringComparer.OrdinalIgnoreCase)
    {
        ["7f951dda-4ed3-4680-a7ca-43fe172d538d"] = "AcrPull",
        ["b7e6dc6d-f1e8-4753-8033-0f276bb0955b"] = "Storage Blob Data Owner",
        ["974c5e8b-45b9-4653-ba55-5f855dd0fb88"] = "Storage Queue Data Contributor",
        ["0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3"] = "Storage Table Data Contributor",
        ["4633458b-17de-408a-b874-0445c86b69e6"] = "Key Vault Secrets User",
        ["b86a8fe4-44ce-4948-aee5-eccb2c155cd7"] = "Key Vault Secrets Officer",
        ["3913510d-42f4-4e42-8a64-420c390055eb"] = "Monitoring Metrics Publisher",
    };

    public static TheoryData<string> Environments => [.. Snapshot.Environments];

    [Theory]
    [MemberData(nameof(Environments))]
    public void Each_identity_may_do_something_and_nobody_else_may(string environment)
    {
        var snapshot = Snapshot.Of(environment);
        var identities = snapshot.All("Microsoft.ManagedIdentity/userAssignedIdentities");
        var principals = snapshot.All("Microsoft.Authorization/roleAssignments").Select(grant => grant.Text("principalId")!).ToList();

        Assert.NotEmpty(identities);
        Assert.All(identities, identity => Assert.Contains(principals, principal => IsOf(principal, identity)));
        Assert.All(principals, principal => Assert.Contains(identities, identity => IsOf(principal, identity)));
        Assert.All(snapshot.All("Microsoft.Authorization/roleAssignments"), grant => Assert.Equal("ServicePrincipal", grant.Text("principalType")));
    }

    [Theory]
    [MemberData(nameof(Environments))]
    public void Roles_are_those_that_were_thought_about(string environment)
    {
        var snapshot = Snapshot.Of(environment);
        var custom = snapshot.All("Microsoft.Authorization/roleDefinitions");

        Assert.All(snapshot.All("Microsoft.Authorization/roleAssignments"), grant =>
        {
            var role = grant.Text("roleDefinitionId")!;
            Assert.True(KnownRoles.Keys.Any(id => role.Contains(id, StringComparison.OrdinalIgnoreCase)) || custom.Any(own => role.Contains(own.Name.Trim('[', ']'), StringComparison.Ordinal)), role);
        });
        Assert.All(custom, role =>
        {
            Assert.Empty(role.At("permissions/0/actions")!.AsArray());
            Assert.DoesNotContain('*', role.At("permissions/0/dataActions")!.ToJsonString());
        });
    }

    [Theory]
    [MemberData(nameof(Environments))]
    public void The_runner_creates_compiled_code_and_changes_nothing_else_in_the_bundle_store(string environment)
    {
        var snapshot = Snapshot.Of(environment);
        var runner = snapshot.All("Microsoft.ManagedIdentity/userAssignedIdentities").Single(identity => identity.Name.EndsWith("-runner", StringComparison.Ordinal));
        var role = snapshot.All("Microsoft.Authorization/roleDefinitions").Single(own => own.Text("roleName")!.Contains("compiled", StringComparison.Ordinal));
        var grants = snapshot.All("Microsoft.Authorization/roleAssignments")
            .Where(grant => IsOf(grant.Text("principalId")!, runner) && grant.Scope.Contains("Microsoft.Storage", StringComparison.Ordinal));

        var grant = Assert.Single(grants);
        Assert.Contains(role.Name.Trim('[', ']'), grant.Text("roleDefinitionId")!, StringComparison.Ordinal);
        Assert.Contains("StringLike 'sha256/*/compiled/*'", grant.Text("condition")!, StringComparison.Ordinal);
        Assert.DoesNotContain("/delete", role.Json.ToJsonString(), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Environments))]
    public void The_gateway_reaches_no_vault_but_its_own(string environment)
    {
        var snapshot = Snapshot.Of(environment);
        var gateway = snapshot.All("Microsoft.ManagedIdentity/userAssignedIdentities").Single(identity => identity.Name.EndsWith("-gateway", StringComparison.Ordinal));
        var scopes = snapshot.All("Microsoft.Authorization/roleAssignments").Where(grant => IsOf(grant.Text("principalId")!, gateway))
            .Select(grant => grant.Scope).ToList();

        var vault = Assert.Single(scopes, scope => scope.Contains("Microsoft.KeyVault", StringComparison.Ordinal));
        Assert.Contains("-g-", vault, StringComparison.Ordinal);
        Assert.DoesNotContain(scopes, scope => scope.Contains(snapshot.All("Microsoft.Storage/storageAccounts").Single(account => IsBundleStore(snapshot, account)).Name + "/", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Environments))]
    public void Nobody_reaches_the_registrys_signing_key_but_the_registry_and_the_set_up_that_makes_it(string environment)
    {
        var snapshot = Snapshot.Of(environment);
        var identities = snapshot.All("Microsoft.ManagedIdentity/userAssignedIdentities");
        var allowed = identities.Where(identity => identity.Name.EndsWith("-registry", StringComparison.Ordinal) || identity.Name.EndsWith("-setup", StringComparison.Ordinal)).ToList();
        var vault = snapshot.All("Microsoft.KeyVault/vaults").Single(vault => vault.Name.Contains("-s-", StringComparison.Ordinal));
        var grants = snapshot.All("Microsoft.Authorization/roleAssignments").Where(grant => grant.Scope.Contains(vault.Name, StringComparison.Ordinal));

        Assert.Equal(2, allowed.Count);
        Assert.Equal(2, grants.Count());
        Assert.All(allowed, identity => Assert.Single(grants, grant => IsOf(grant.Text("principalId")!, identity)));
    }

    [Theory]
    [MemberData(nameof(Environments))]
    public void The_set_up_makes_keys_and_removes_none(string environment)
    {
        var snapshot = Snapshot.Of(environment);
        var setup = snapshot.All("Microsoft.ManagedIdentity/userAssignedIdentities").Single(identity => identity.Name.EndsWith("-setup", StringComparison.Ordinal));
        var role = snapshot.All("Microsoft.Authorization/roleDefinitions").Single(own => own.Text("roleName")!.Contains("key maker", StringComparison.Ordinal));
        var grants = snapshot.All("Microsoft.Authorization/roleAssignments")
            .Where(grant => IsOf(grant.Text("principalId")!, setup) && grant.Scope.Contains("Microsoft.KeyVault", StringComparison.Ordinal)).ToList();

        Assert.Equal(3, grants.Count);
        Assert.All(grants, grant => Assert.Contains(role.Name.Trim('[', ']'), grant.Text("roleDefinitionId")!, StringComparison.Ordinal));
        Assert.Equal(
            ["Microsoft.KeyVault/vaults/secrets/getSecret/action", "Microsoft.KeyVault/vaults/secrets/setSecret/action"],
            role.At("permissions/0/dataActions")!.AsArray().Select(action => action!.ToString()));
    }

    [Theory]
    [MemberData(nameof(Environments))]
    public void Storage_takes_identities_over_private_tls_only(string environment)
    {
        var accounts = Snapshot.Of(environment).All("Microsoft.Storage/storageAccounts");

        Assert.Equal(3, accounts.Count);
        Assert.All(accounts, account =>
        {
            Assert.Equal("false", account.Text("allowSharedKeyAccess"));
            Assert.Equal("false", account.Text("allowBlobPublicAccess"));
            Assert.True(account.Is("supportsHttpsTrafficOnly"));
            Assert.Equal("TLS1_2", account.Text("minimumTlsVersion"));
            Assert.Equal("Disabled", account.Text("publicNetworkAccess"));
            Assert.Equal("Deny", account.Text("networkAcls/defaultAction"));
            Assert.Matches("^[a-z0-9]{3,24}$", account.Name);
        });
        Assert.All(Snapshot.Of(environment).All("Microsoft.Storage/storageAccounts/blobServices/containers"), container => Assert.Equal("None", container.Text("publicAccess")));
    }

    [Theory]
    [MemberData(nameof(Environments))]
    public void The_bundle_container_has_the_name_that_the_services_use(string environment)
    {
        var expected = new BundleStoreOptions { Connection = "" }.Container;

        Assert.Single(Snapshot.Of(environment).All("Microsoft.Storage/storageAccounts/blobServices/containers"), container => container.Name.EndsWith("/" + expected, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Environments))]
    public void Vaults_know_roles_only_and_lose_nothing(string environment)
    {
        var vaults = Snapshot.Of(environment).All("Microsoft.KeyVault/vaults");

        Assert.Equal(3, vaults.Count);
        Assert.All(vaults, vault =>
        {
            Assert.True(vault.Is("enableRbacAuthorization"));
            Assert.True(vault.Is("enablePurgeProtection"));
            Assert.Null(vault.At("accessPolicies"));
            Assert.Equal("Disabled", vault.Text("publicNetworkAccess"));
            Assert.InRange(vault.Name.Length, 3, 24);
        });
    }

    [Theory]
    [MemberData(nameof(Environments))]
    public void The_database_has_no_password_and_no_public_address(string environment)
    {
        var snapshot = Snapshot.Of(environment);
        var server = Assert.Single(snapshot.All("Microsoft.DBforPostgreSQL/flexibleServers"));

        Assert.Equal("Disabled", server.Text("authConfig/passwordAuth"));
        Assert.Equal("Enabled", server.Text("authConfig/activeDirectoryAuth"));
        Assert.Equal("Disabled", server.Text("network/publicNetworkAccess"));
        Assert.Null(server.At("administratorLogin"));
        Assert.Null(server.At("administratorLoginPassword"));
        Assert.Contains(snapshot.All("Microsoft.DBforPostgreSQL/flexibleServers/configurations"), setting => setting.Name.EndsWith("/ssl_min_protocol_version", StringComparison.Ordinal) && setting.Text("value") == "TLSv1.2");
    }

    [Theory]
    [MemberData(nameof(Environments))]
    public void Apps_speak_tls_and_take_no_deployment_password(string environment)
    {
        var snapshot = Snapshot.Of(environment);
        var sites = snapshot.All("Microsoft.Web/sites");

        Assert.All(sites, site =>
        {
            Assert.True(site.Is("httpsOnly"));
            Assert.Equal("1.2", site.Text("siteConfig/minTlsVersion"));
            Assert.Equal("Disabled", site.Text("siteConfig/ftpsState"));
            Assert.Equal("UserAssignedIdentity", site.Text("functionAppConfig/deployment/storage/authentication/type"));
            Assert.Equal(2, snapshot.All("Microsoft.Web/sites/basicPublishingCredentialsPolicies")
                .Count(policy => policy.Name.StartsWith(site.Name + "/", StringComparison.Ordinal) && policy.Text("allow") == "false"));
        });
        var containers = snapshot.All("Microsoft.App/containerApps");
        Assert.All(containers, container =>
        {
            Assert.Equal("false", container.Text("configuration/ingress/allowInsecure"));
            Assert.Null(container.At("configuration/secrets"));
        });
        Assert.Equal(environment == "kubernetes" ? 0 : 2, sites.Count);
        Assert.Equal(environment == "kubernetes" ? 2 : 1, containers.Count);
    }

    [Theory]
    [MemberData(nameof(Environments))]
    public void The_runner_has_no_public_address(string environment)
    {
        var snapshot = Snapshot.Of(environment);
        var isPrivate = Assert.Single(snapshot.All("Microsoft.App/managedEnvironments")).Is("vnetConfiguration/internal");

        foreach (var runner in snapshot.All("Microsoft.App/containerApps").Where(app => app.Name.EndsWith("-runner", StringComparison.Ordinal)))
        {
            Assert.True(isPrivate || !runner.Is("configuration/ingress/external"));
        }
    }

    [Theory]
    [MemberData(nameof(Environments))]
    public void The_container_registry_has_no_password(string environment)
    {
        var registry = Assert.Single(Snapshot.Of(environment).All("Microsoft.ContainerRegistry/registries"));

        Assert.Equal("false", registry.Text("adminUserEnabled"));
        Assert.Equal("false", registry.Text("anonymousPullEnabled"));
    }

    [Theory]
    [MemberData(nameof(Environments))]
    public void Telemetry_takes_identities_only(string environment)
    {
        var snapshot = Snapshot.Of(environment);

        Assert.True(Assert.Single(snapshot.All("Microsoft.Insights/components")).Is("DisableLocalAuth"));
        Assert.True(Assert.Single(snapshot.All("Microsoft.OperationalInsights/workspaces")).Is("features/disableLocalAuth"));
    }

    [Theory]
    [MemberData(nameof(Environments))]
    public void What_is_private_has_an_endpoint_with_a_name(string environment)
    {
        var snapshot = Snapshot.Of(environment);
        var endpoints = snapshot.All("Microsoft.Network/privateEndpoints");
        string[] closed = ["Microsoft.Storage/storageAccounts", "Microsoft.KeyVault/vaults"];

        Assert.All(closed.SelectMany(snapshot.All), service =>
            Assert.Contains(endpoints, endpoint => endpoint.Text("privateLinkServiceConnections/0/properties/privateLinkServiceId") == service.Id));
        var names = snapshot.All("Microsoft.Network/privateEndpoints/privateDnsZoneGroups");
        Assert.Equal(endpoints.Count, names.Count);
        Assert.All(endpoints, endpoint =>
        {
            var name = Assert.Single(names, name => name.Name.StartsWith(endpoint.Name + "/", StringComparison.Ordinal));
            var part = endpoint.Text("privateLinkServiceConnections/0/properties/groupIds/0");
            Assert.EndsWith($".zoneIds.value.{part}]", name.Text("privateDnsZoneConfigs/0/properties/privateDnsZoneId"), StringComparison.Ordinal);
        });
        Assert.Equal(snapshot.All("Microsoft.Network/privateDnsZones").Count, snapshot.All("Microsoft.Network/privateDnsZones/virtualNetworkLinks").Count);
    }

    [Theory]
    [MemberData(nameof(Environments))]
    public void No_output_and_no_setting_holds_a_secret(string environment)
    {
        var snapshot = Snapshot.Of(environment);

        Assert.NotEmpty(snapshot.Outputs);
        Assert.DoesNotContain(snapshot.Outputs, output => SecretValue().IsMatch(output.Value));
        Assert.DoesNotMatch(SecretValue(), snapshot.Text);
        Assert.DoesNotMatch(@"PRIVATE KEY", snapshot.Text);
    }

    [Fact]
    public void The_search_for_secrets_finds_some()
    {
        Assert.All(
            ["DefaultEndpointsProtocol=https;AccountName=x;AccountKey=abc==", "Host=h;Password=hunter2", "postgres://user:password@host/db", "[listKeys('x', '2024-01-01').keys[0].value]", "?sv=2022-11-02&sig=abc"],
            text => Assert.Matches(SecretValue(), text));
    }

    [Theory]
    [MemberData(nameof(Environments))]
    public void Everything_that_takes_tags_says_what_it_belongs_to(string environment)
    {
        // Children, grants and settings take none.
        string[] untagged = ["Microsoft.Authorization/", "Microsoft.Insights/diagnosticSettings"];
        var snapshot = Snapshot.Of(environment);
        var tagged = snapshot.Resources.Where(resource =>
            resource.Type.Count(character => character == '/') == 1 && !untagged.Any(prefix => resource.Type.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)));

        Assert.All(tagged, resource =>
        {
            Assert.Equal("alga-extensions", resource.Json["tags"]?["application"]?.ToString());
            Assert.NotNull(resource.Json["tags"]?["environment"]);
            Assert.Equal("platform", resource.Json["tags"]?["owner"]?.ToString());
        });
    }

    [Fact]
    public void Pages_of_extensions_have_a_site_of_their_own()
    {
        var hosts = Snapshot.Of("prod").All("Microsoft.Cdn/profiles/customDomains").Select(domain => domain.Text("hostName")!).ToList();

        Assert.Equal(2, hosts.Count);
        Assert.Equal(2, hosts.Select(host => string.Join('.', host.Split('.')[^2..])).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void Front_Door_reaches_pages_of_the_runner_and_nothing_else_of_it()
    {
        var snapshot = Snapshot.Of("prod");
        var routes = snapshot.All("Microsoft.Cdn/profiles/afdEndpoints/routes");
        var pages = Assert.Single(routes, route => route.Text("originGroup/id")!.EndsWith("/extension-ui", StringComparison.Ordinal));

        Assert.Equal(["/ext-ui/*"], pages.At("patternsToMatch")!.AsArray().Select(pattern => pattern!.ToString()));
        Assert.All(routes, route => Assert.Equal("HttpsOnly", route.Text("forwardingProtocol")));
        Assert.All(snapshot.All("Microsoft.Cdn/profiles/customDomains"), domain => Assert.Equal("TLS12", domain.Text("tlsSettings/minimumTlsVersion")));
        Assert.All(snapshot.All("Microsoft.Web/sites"), site => Assert.Equal("Deny", site.Text("siteConfig/ipSecurityRestrictionsDefaultAction")));
        Assert.True(snapshot.All("Microsoft.Cdn/profiles").Single().At("originResponseTimeoutSeconds")!.GetValue<int>() > PlatformLimits.MaxTimeoutMs / 1000);
    }

    [Theory]
    [InlineData("registry")]
    [InlineData("gateway")]
    public void Front_Door_brings_every_route_of_a_function_app_to_it(string app)
    {
        var route = Assert.Single(Snapshot.Of("prod").All("Microsoft.Cdn/profiles/afdEndpoints/routes"), route => route.Text("originGroup/id")!.EndsWith("/" + app, StringComparison.Ordinal));
        var reached = route.At("patternsToMatch")!.AsArray().Select(pattern => pattern!.ToString()).Order(StringComparer.Ordinal);
        var functions = Directory.GetFiles(Repository.Path("functions", app), "*Functions.cs", SearchOption.AllDirectories).Select(File.ReadAllText);
        var first = functions.SelectMany(text => FirstSegment().Matches(text)).Select(match => match.Groups[1].Value).Distinct(StringComparer.Ordinal);
        Assert.Equal(first.Select(segment => $"/api/{segment}/*").Order(StringComparer.Ordinal), reached);
    }

    // Of `Route = "ext/{extensionId}/{**path}"`: what has one segment alone is for the platform's own probes.
    [GeneratedRegex("Route = \"([a-z-]+)/")]
    private static partial Regex FirstSegment();

    private static bool IsOf(string principal, Resource identity) =>
        principal.Contains(identity.Id + "'", StringComparison.OrdinalIgnoreCase) && principal.EndsWith(".principalId]", StringComparison.Ordinal);

    private static bool IsBundleStore(Snapshot snapshot, Resource account) => snapshot
        .All("Microsoft.Storage/storageAccounts/blobServices/containers")
        .Any(container => container.Name.StartsWith(account.Name + "/", StringComparison.Ordinal) && container.Name.EndsWith("/extension-bundles", StringComparison.Ordinal));

    [GeneratedRegex(@"AccountKey=|SharedAccess|[?&]sig=|Password=|://[^/\s""']+:[^/\s""']+@|\blist(Keys|Secrets|Credentials)\(", RegexOptions.IgnoreCase)]
    private static partial Regex SecretValue();
}
