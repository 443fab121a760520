using Alga.Extensions.Contracts;
using static Alga.Extensions.Registry.Routes.RouteAccess;

namespace Alga.Extensions.Registry.Routes;

/// <summary>
/// Every route of the registry, one row each, next to those of its capability. A test compares it with the functions; the OpenAPI document and the
/// tests of who may call what are made of it. A row states a rule and does not enforce it: the handler does, and the tests hold one against the other.
/// </summary>
public static class RegistryRoutes
{
    private static readonly RegistryJson Json = RegistryJson.Default;

    private static readonly RouteQuery[] AuditQuery =
    [
        new("target", "Only this extension and its versions, or with @ only this version."),
        new("action", "Only this action, such as version.yank, or this group of actions, such as version."),
    ];

    /// <summary>The table.</summary>
    public static IReadOnlyList<RegistryRoute> All { get; } =
    [
        // Health, and this table
        Get("registry.openapi", "registry/openapi.json", Anonymous, "Gives this document.").Gives(200, "application/json"),
        Get("registry.health", "health", Anonymous, "Whether the registry and its database answer.").Gives(200, Json.HealthReport).Gives(503, Json.HealthReport),

        // Extensions
        Get("registry.extensions.list", "registry/extensions", SignedIn, "Lists extensions by name, or those that a search finds, those with the words in their names first.")
            .Asks(new RouteQuery("q", "Words that all have to be there, at most 16 in 256 characters."), new RouteQuery("publisher", "Only those of this publisher.")).Paged().Gives(200, Json.ExtensionPage),
        Post("registry.extensions.register", "registry/extensions", PublisherOf, "Takes a name for a publisher, for ever.")
            .Takes(Json.RegisterExtensionRequest).Gives(201, Json.ExtensionView).Gives(200, Json.ExtensionView).Elsewhere(ForeignThing.IsForbidden),
        Get("registry.extensions.get", "registry/extensions/{name}", SignedIn, "Shows an extension with its 100 highest versions.").Gives(200, Json.ExtensionDetails),
        Post("registry.extensions.deprecate", "registry/extensions/{name}/deprecate", PublisherOf | Operator, "Deprecates an extension with a message; nothing stops working.")
            .Takes(Json.DeprecateRequest).Gives(200, Json.ExtensionView),
        Post("registry.extensions.undeprecate", "registry/extensions/{name}/undeprecate", PublisherOf | Operator, "Takes a deprecation back.").Gives(200, Json.ExtensionView),

        // Versions
        Get("registry.versions.list", "registry/extensions/{name}/versions", SignedIn, "Lists versions, the highest first by SemVer 2 precedence.").Paged().Gives(200, Json.VersionPage),
        Get("registry.versions.get", "registry/extensions/{name}/versions/{version}", SignedIn, "Shows a version, or with latest the highest that is neither yanked nor a pre-release.")
            .Gives(200, Json.VersionView),
        Get("registry.versions.signature", "registry/extensions/{name}/versions/{version}/signature", SignedIn, "Gives the publisher's signature envelope, byte for byte.")
            .Gives(200, "application/vnd.dsse+json").Refuses(ErrorCode.BundleUnavailable),
        Post("registry.versions.yank", "registry/extensions/{name}/versions/{version}/yank", PublisherOf | Operator, "Yanks a version: no new installs; where it is installed it goes on.")
            .Takes(Json.YankRequest).Gives(200, Json.VersionSummary),
        Post("registry.versions.unyank", "registry/extensions/{name}/versions/{version}/unyank", PublisherOf | Operator, "Brings a yanked version back for new installs.")
            .Gives(200, Json.VersionSummary),
        Put("registry.versions.publish", "registry/extensions/{name}/versions/{version}", PublisherOf, "Publishes a version, which never changes again.")
            .TakesParts(new RoutePart("envelope", "application/vnd.dsse+json", "The signature, at most 1 MiB."), new RoutePart("bundle", "application/zstd", "The bundle, at most 50 MiB."))
            .Gives(201, Json.PublishedVersion).Gives(200, Json.PublishedVersion)
            .Refuses(ErrorCode.BundleInvalid, ErrorCode.ManifestInvalid, ErrorCode.SignatureInvalid, ErrorCode.VersionExists, ErrorCode.Conflict, ErrorCode.BundleUnavailable),

        // Installs
        Get("registry.installs.list", "tenant/installs", TenantUser | TenantAdmin, "Lists the tenant's installs by name.").Paged().Gives(200, Json.InstallPage),
        Get("registry.installs.get", "tenant/installs/{name}", TenantUser | TenantAdmin, "Shows an install; its settings to admins only.")
            .Gives(200, Json.InstallView).Refuses(ErrorCode.ExtensionNotInstalled),
        Put("registry.installs.put", "tenant/installs/{name}", TenantAdmin, "Installs an extension, or brings an install to the state given.")
            .Takes(Json.InstallRequest).IfMatch().Gives(201, Json.InstallView).Gives(200, Json.InstallView).Elsewhere(ForeignThing.CannotBeNamed)
            .Refuses(ErrorCode.SignatureInvalid, ErrorCode.BundleUnavailable, ErrorCode.VersionYanked, ErrorCode.Conflict),
        Delete("registry.installs.delete", "tenant/installs/{name}", TenantAdmin, "Removes an install; what the extension stored stays.")
            .IfMatch().Gives(204).Refuses(ErrorCode.ExtensionNotInstalled),
        Post("registry.installs.enable", "tenant/installs/{name}/enable", TenantAdmin, "Enables an install.")
            .IfMatch().Gives(200, Json.InstallView).Refuses(ErrorCode.ExtensionNotInstalled),
        Post("registry.installs.disable", "tenant/installs/{name}/disable", TenantAdmin, "Disables an install.")
            .IfMatch().Gives(200, Json.InstallView).Refuses(ErrorCode.ExtensionNotInstalled),

        // Secrets of installs
        Get("registry.secrets.list", "tenant/installs/{name}/secrets", TenantAdmin, "Lists what secrets the installed version declares and which have a value; never a value.")
            .Gives(200, Json.SecretPage).Refuses(ErrorCode.ExtensionNotInstalled),
        Put("registry.secrets.put", "tenant/installs/{name}/secrets/{secret}", TenantAdmin, "Stores a secret's value in the place of whatever was there.")
            .Takes(Json.SecretRequest).Gives(201, Json.SecretView).Gives(200, Json.SecretView).Refuses(ErrorCode.ExtensionNotInstalled),
        Delete("registry.secrets.delete", "tenant/installs/{name}/secrets/{secret}", TenantAdmin, "Deletes a secret's value; that there is none is as good.")
            .Gives(204).Refuses(ErrorCode.ExtensionNotInstalled),

        // Audit
        Get("registry.audit.platform", "registry/audit", Publisher | Operator, "Lists changes in the registry, the latest first: to publishers those of their names.")
            .Asks(new RouteQuery("tenant", "A tenant's log instead of the platform's; operators only.")).Asks(AuditQuery).Paged().Gives(200, Json.AuditPage),
        Get("registry.audit.tenant", "tenant/audit", TenantAdmin, "Lists changes in the tenant, the latest first.").Asks(AuditQuery).Paged().Gives(200, Json.AuditPage),
    ];

    private static RegistryRoute Get(string operation, string template, RouteAccess access, string summary) => new(operation, "GET", template, access, summary);

    private static RegistryRoute Post(string operation, string template, RouteAccess access, string summary) => new(operation, "POST", template, access, summary);

    private static RegistryRoute Put(string operation, string template, RouteAccess access, string summary) => new(operation, "PUT", template, access, summary);

    private static RegistryRoute Delete(string operation, string template, RouteAccess access, string summary) => new(operation, "DELETE", template, access, summary);
}
