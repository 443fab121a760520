using Alga.Extensions.Contracts;
using Alga.Extensions.Signing;
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

    private static readonly RouteQuery Uninstalled = new("uninstalled", "true to see what was uninstalled and can be restored; false when absent.");

    private static readonly RouteQuery Limit = new("limit", "How many installs this call works on, 1 to 1,000; 100 when absent.");

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
        Get("registry.versions.readme", "registry/extensions/{name}/versions/{version}/readme", SignedIn, "Gives the README.md of a version's bundle, as its publisher wrote it.")
            .Gives(200, "text/markdown"),
        Get("registry.versions.changelog", "registry/extensions/{name}/versions/{version}/changelog", SignedIn, "Gives the CHANGELOG.md of a version's bundle, as its publisher wrote it.")
            .Gives(200, "text/markdown"),
        Post("registry.versions.yank", "registry/extensions/{name}/versions/{version}/yank", PublisherOf | Operator, "Yanks a version: no new installs; where it is installed it goes on.")
            .Takes(Json.YankRequest).Gives(200, Json.VersionSummary),
        Post("registry.versions.unyank", "registry/extensions/{name}/versions/{version}/unyank", PublisherOf | Operator, "Brings a yanked version back for new installs.")
            .Gives(200, Json.VersionSummary),
        Put("registry.versions.publish", "registry/extensions/{name}/versions/{version}", PublisherOf, "Publishes a version, which never changes again.")
            .TakesParts(new RoutePart("envelope", "application/vnd.dsse+json", "The signature, at most 1 MiB."), new RoutePart("bundle", "application/zstd", "The bundle, at most 50 MiB."))
            .Gives(201, Json.PublishedVersion).Gives(200, Json.PublishedVersion)
            .Refuses(ErrorCode.BundleInvalid, ErrorCode.ManifestInvalid, ErrorCode.SignatureInvalid, ErrorCode.VersionExists, ErrorCode.VersionRevoked, ErrorCode.Conflict, ErrorCode.BundleUnavailable),

        // Signatures, revocation
        Get("registry.versions.acceptance", "registry/extensions/{name}/versions/{version}/acceptance", SignedIn, "Gives the registry's counter-signature, byte for byte.")
            .Gives(200, Dsse.MediaType),
        Post("registry.versions.revoke", "registry/extensions/{name}/versions/{version}/revoke", PublisherOf | Operator, "Revokes a version: within a minute it runs nowhere any more.")
            .Takes(Json.RevocationRequest).Gives(200, Json.RevocationView),
        Post("registry.versions.restore", "registry/extensions/{name}/versions/{version}/restore", Operator, "Takes a revocation back.")
            .Takes(Json.RevocationRequest).Gives(200, Json.RevocationView),
        Get("registry.index.get", "registry/extensions/{name}/index", SignedIn, "Gives the newest signed index of an extension, byte for byte.").Gives(200, Dsse.MediaType),
        Post("registry.index.advance", "registry/extensions/{name}/index/advance", Operator, "Signs an index with a number beyond those that runners saw.")
            .Takes(Json.AdvanceRequest).Gives(200, Json.IndexView),
        Post("registry.indexes.renew", "registry/maintenance/indexes/renew", Operator, "Signs anew what has half of its life left.").Gives(200, Json.RenewalView),

        // Keys of publishers
        Get("registry.keys.list", "registry/publishers/{publisher}/keys", PublisherOf | Operator, "Lists a publisher's keys.").Gives(200, Json.KeyList),
        Post("registry.keys.add", "registry/publishers/{publisher}/keys", PublisherOf | Operator, "Adds a key whose private half the caller proves to hold.")
            .Takes(Json.AddKeyRequest).Gives(201, Json.KeyView).Gives(200, Json.KeyView).Refuses(ErrorCode.SignatureInvalid, ErrorCode.Conflict),
        Post("registry.keys.retire", "registry/publishers/{publisher}/keys/{keyId}/retire", PublisherOf | Operator, "Retires a key: it signs nothing new, and what it signed stands.")
            .Gives(200, Json.KeyView).Refuses(ErrorCode.Conflict),
        Post("registry.keys.compromise", "registry/publishers/{publisher}/keys/{keyId}/compromise", PublisherOf | Operator, "Rejects what was accepted with a key since a time.")
            .Takes(Json.CompromiseRequest).Gives(200, Json.KeyView).Refuses(ErrorCode.Conflict),

        // Installs
        Get("registry.installs.list", "tenant/installs", TenantUser | TenantAdmin, "Lists the tenant's installs by name.").Asks(Uninstalled).Paged().Gives(200, Json.InstallPage),
        Get("registry.installs.get", "tenant/installs/{name}", TenantUser | TenantAdmin, "Shows an install; its settings, and what an admin has to decide, to admins only.")
            .Asks(Uninstalled).Gives(200, Json.InstallView).Refuses(ErrorCode.ExtensionNotInstalled),
        Put("registry.installs.put", "tenant/installs/{name}", TenantAdmin, "Installs an extension, or brings an install to the state given.")
            .Takes(Json.InstallRequest).IfMatch().Gives(201, Json.InstallView).Gives(200, Json.InstallView).Elsewhere(ForeignThing.CannotBeNamed)
            .Refuses(ErrorCode.SignatureInvalid, ErrorCode.BundleUnavailable, ErrorCode.VersionYanked, ErrorCode.VersionRevoked, ErrorCode.Conflict),
        Delete("registry.installs.delete", "tenant/installs/{name}", TenantAdmin, "Uninstalls an extension; all its data is kept for 30 days.")
            .IfMatch().Gives(204).Refuses(ErrorCode.ExtensionNotInstalled, ErrorCode.Conflict),
        Post("registry.installs.enable", "tenant/installs/{name}/enable", TenantAdmin, "Enables an install.")
            .IfMatch().Gives(200, Json.InstallView).Refuses(ErrorCode.ExtensionNotInstalled, ErrorCode.Conflict),
        Post("registry.installs.disable", "tenant/installs/{name}/disable", TenantAdmin, "Disables an install.")
            .IfMatch().Gives(200, Json.InstallView).Refuses(ErrorCode.ExtensionNotInstalled, ErrorCode.Conflict),
        Post("registry.installs.restore", "tenant/installs/{name}/restore", TenantAdmin, "Restores an extension that was uninstalled less than 30 days ago, with all its data.")
            .IfMatch().Gives(200, Json.InstallView).Refuses(ErrorCode.ExtensionNotInstalled, ErrorCode.SignatureInvalid, ErrorCode.BundleUnavailable),
        Get("registry.installs.preview", "tenant/installs/{name}/upgrade", TenantAdmin, "Shows what an upgrade, or an install, would change, and changes nothing.")
            .Asks(new RouteQuery("version", "The version to look at; the newest stable one when absent.")).Gives(200, Json.UpgradePreview).Elsewhere(ForeignThing.CannotBeNamed)
            .Refuses(ErrorCode.SignatureInvalid, ErrorCode.BundleUnavailable),
        Post("registry.installs.upgrade", "tenant/installs/{name}/upgrade", TenantAdmin, "Upgrades an install, all users or a share of them; 202 where it waits for consent.")
            .Takes(Json.UpgradeRequest).IfMatch().Gives(200, Json.InstallView).Gives(202, Json.InstallView)
            .Refuses(ErrorCode.ExtensionNotInstalled, ErrorCode.SignatureInvalid, ErrorCode.BundleUnavailable, ErrorCode.VersionYanked, ErrorCode.Conflict),
        Post("registry.installs.consent", "tenant/installs/{name}/consent", TenantAdmin, "Applies the upgrade that waits, with exactly these grants.")
            .Takes(Json.ConsentRequest).IfMatch().Gives(200, Json.InstallView)
            .Refuses(ErrorCode.ExtensionNotInstalled, ErrorCode.SignatureInvalid, ErrorCode.BundleUnavailable, ErrorCode.VersionYanked, ErrorCode.Conflict),
        Post("registry.installs.reject", "tenant/installs/{name}/reject", TenantAdmin, "Drops the upgrade that waits.")
            .IfMatch().Gives(200, Json.InstallView).Refuses(ErrorCode.ExtensionNotInstalled, ErrorCode.Conflict),
        Post("registry.installs.rollback", "tenant/installs/{name}/rollback", TenantAdmin, "Goes back to a version that the install ran, or ends a rollout.")
            .Takes(Json.RollbackRequest).IfMatch().Gives(200, Json.InstallView)
            .Refuses(ErrorCode.ExtensionNotInstalled, ErrorCode.SignatureInvalid, ErrorCode.BundleUnavailable, ErrorCode.Conflict),
        Put("registry.installs.rollout", "tenant/installs/{name}/rollout", TenantAdmin, "Sets the share of users that get the new version.")
            .Takes(Json.RolloutRequest).IfMatch().Gives(200, Json.InstallView).Refuses(ErrorCode.ExtensionNotInstalled, ErrorCode.Conflict),
        Post("registry.installs.promote", "tenant/installs/{name}/promote", TenantAdmin, "Gives the new version to all users.")
            .IfMatch().Gives(200, Json.InstallView)
            .Refuses(ErrorCode.ExtensionNotInstalled, ErrorCode.SignatureInvalid, ErrorCode.BundleUnavailable, ErrorCode.VersionYanked, ErrorCode.Conflict),
        Post("registry.installs.abort", "tenant/installs/{name}/abort", TenantAdmin, "Ends a rollout: all users get the version that runs.")
            .IfMatch().Gives(200, Json.InstallView).Refuses(ErrorCode.ExtensionNotInstalled, ErrorCode.Conflict),
        Put("registry.installs.config", "tenant/installs/{name}/config", TenantAdmin, "Sets the settings.")
            .Takes(Json.JsonDocument).IfMatch().Gives(200, Json.InstallView).Refuses(ErrorCode.ExtensionNotInstalled, ErrorCode.Conflict),
        Put("registry.installs.grants", "tenant/installs/{name}/grants", TenantAdmin, "Sets what the extension may do, part of what it asks for.")
            .Takes(Json.InstallGrants).IfMatch().Gives(200, Json.InstallView).Refuses(ErrorCode.ExtensionNotInstalled, ErrorCode.Conflict),
        Put("registry.installs.policy", "tenant/installs/{name}/policy", TenantAdmin, "Sets which new versions the install moves to by itself.")
            .Takes(Json.PolicyRequest).IfMatch().Gives(200, Json.InstallView).Refuses(ErrorCode.ExtensionNotInstalled, ErrorCode.Conflict),
        Put("registry.installs.recording", "tenant/installs/{name}/recording", TenantAdmin, "Sets which executions are recorded, so that they can be replayed; none unless set.")
            .Takes(Json.RecordingRequest).IfMatch().Gives(200, Json.InstallView).Refuses(ErrorCode.ExtensionNotInstalled, ErrorCode.Conflict),
        Get("registry.installs.history", "tenant/installs/{name}/history", TenantAdmin, "Lists the changes of version of an install, the latest first.")
            .Paged().Gives(200, Json.HistoryPage).Refuses(ErrorCode.ExtensionNotInstalled),

        // Events and schedules of installs
        Get("registry.deliveries.list", "tenant/installs/{name}/deliveries", TenantAdmin, "Lists deliveries of events and runs of schedules to an install, the newest first.")
            .Asks(new RouteQuery("status", "Only pending, delivered, dead or dropped ones."), new RouteQuery("topic", "Only those of this topic."))
            .Paged().Gives(200, Json.DeliveryPage).Refuses(ErrorCode.ExtensionNotInstalled),
        Get("registry.deliveries.get", "tenant/installs/{name}/deliveries/{deliveryId}", TenantAdmin, "Shows a delivery with its payload and its last attempts.")
            .Gives(200, Json.DeliveryDetails).Refuses(ErrorCode.ExtensionNotInstalled, ErrorCode.InvalidRequest),
        Post("registry.deliveries.redeliver", "tenant/installs/{name}/deliveries/{deliveryId}/redeliver", TenantAdmin, "Tries a dead delivery again, after what waits by then.")
            .Gives(200, Json.DeliveryDetails).Refuses(ErrorCode.ExtensionNotInstalled, ErrorCode.InvalidRequest, ErrorCode.Conflict),
        Get("registry.schedules.list", "tenant/installs/{name}/schedules", TenantAdmin, "Lists what an install does by the clock.")
            .Gives(200, Json.ScheduleList).Refuses(ErrorCode.ExtensionNotInstalled),
        Post("registry.schedules.pause", "tenant/installs/{name}/schedules/{schedule}/pause", TenantAdmin, "Pauses a schedule; a run that was started goes on.")
            .Gives(200, Json.ScheduleView).Refuses(ErrorCode.ExtensionNotInstalled),
        Post("registry.schedules.resume", "tenant/installs/{name}/schedules/{schedule}/resume", TenantAdmin, "Lets a schedule run again, from its next time on.")
            .Gives(200, Json.ScheduleView).Refuses(ErrorCode.ExtensionNotInstalled),

        // Maintenance
        Post("registry.maintenance.follow", "registry/maintenance/follow", Operator, "Moves installs that follow new versions, a part of them.")
            .Asks(Limit).Gives(200, Json.FollowReport)
            .Refuses(ErrorCode.BundleUnavailable, ErrorCode.Conflict),
        Post("registry.maintenance.purge", "registry/maintenance/purge", Operator, "Purges what was uninstalled and can be restored no longer, a part of it.")
            .Asks(Limit).Gives(200, Json.PurgeReport),
        Post("registry.maintenance.collect", "registry/maintenance/collect", Operator, "Deletes blobs that no version refers to, a day after they were first seen, and compiled code that no runner has used for 30 days; to be repeated until done.")
            .Asks(new RouteQuery("cursor", "cursor of the answer before; the start of the store when absent."), new RouteQuery("limit", "Hashes to look at, and most hashes without a version to delete, 1 to 500; 100 when absent."))
            .Gives(200, Json.CollectReport).Refuses(ErrorCode.BundleUnavailable),

        // Executions and usage
        Get("registry.executions.list", "tenant/installs/{name}/executions", TenantAdmin, "Lists executions of an extension, the latest first.")
            .Asks(
                new RouteQuery("status", "Only this HTTP status, such as 404, or this class, such as 5xx."), new RouteQuery("code", "Only this error code, or cancelled."),
                new RouteQuery("endpoint", "Only this route template of the manifest."), new RouteQuery("user", "Only those of this user's id."),
                new RouteQuery("from", "First instant, included, such as 2026-03-01T00:00:00Z."), new RouteQuery("to", "Last instant, not included."))
            .Paged().Gives(200, Json.ExecutionPage).Refuses(ErrorCode.ExtensionNotInstalled),
        Get("registry.executions.get", "tenant/installs/{name}/executions/{executionId}", TenantAdmin, "Shows an execution with its log lines.")
            .Gives(200, Json.ExecutionDetails).Refuses(ErrorCode.ExtensionNotInstalled, ErrorCode.InvalidRequest),
        Get("registry.recordings.get", "tenant/installs/{name}/executions/{executionId}/recording", TenantAdmin, "Gives the recording of an execution, without secrets, for a replay.")
            .Gives(200, "application/json").Refuses(ErrorCode.ExtensionNotInstalled, ErrorCode.InvalidRequest),
        Delete("registry.recordings.delete", "tenant/installs/{name}/recordings", TenantAdmin, "Deletes all recordings of an install; that there are none is as good.")
            .Gives(204).Refuses(ErrorCode.ExtensionNotInstalled),
        Get("registry.usage.get", "tenant/installs/{name}/usage", TenantAdmin, "Sums what an extension used, by day or month in UTC.")
            .Asks(
                new RouteQuery("period", "day or month; day when absent."), new RouteQuery("from", "First date, included; 29 days or 11 months before to when absent."),
                new RouteQuery("to", "Last date, included; today when absent. At most 366 days or 120 months."))
            .Gives(200, Json.UsageView).Refuses(ErrorCode.ExtensionNotInstalled),

        // Quotas
        Get("registry.plans.list", "registry/plans", Operator, "Lists plans by name.").Gives(200, Json.PlanList),
        Get("registry.plans.get", "registry/plans/{plan}", Operator, "Shows a plan.").Gives(200, Json.PlanView),
        Put("registry.plans.put", "registry/plans/{plan}", Operator, "Makes a plan, or puts other limits in the place of those that it has.")
            .Takes(Json.PlanRequest).IfMatch().Gives(201, Json.PlanView).Gives(200, Json.PlanView),
        Delete("registry.plans.delete", "registry/plans/{plan}", Operator, "Deletes a plan that no tenant has.").IfMatch().Gives(204).Refuses(ErrorCode.Conflict),
        Get("registry.tenantquota.get", "registry/tenants/{tenant}/quota", Operator, "Shows a tenant's plan and what differs from it.").Gives(200, Json.TenantQuotaView),
        Put("registry.tenantquota.put", "registry/tenants/{tenant}/quota", Operator, "Sets a tenant's plan and what differs for the tenant as a whole.")
            .Takes(Json.TenantQuotaRequest).IfMatch().Gives(200, Json.TenantQuotaView),
        Delete("registry.tenantquota.delete", "registry/tenants/{tenant}/quota", Operator, "Gives a tenant the default plan; what differs for single extensions stays.")
            .IfMatch().Gives(200, Json.TenantQuotaView),
        Put("registry.tenantquota.extension.put", "registry/tenants/{tenant}/quota/{name}", Operator, "Sets what differs from the plan for one extension of a tenant.")
            .Takes(Json.QuotaValues).IfMatch().Gives(200, Json.TenantQuotaView),
        Delete("registry.tenantquota.extension.delete", "registry/tenants/{tenant}/quota/{name}", Operator, "Gives an extension of a tenant the plan's limits.")
            .IfMatch().Gives(200, Json.TenantQuotaView),
        Get("registry.quotas.get", "tenant/quotas", TenantAdmin, "Shows the limits that hold for the tenant and each installed extension, and what was used this month.")
            .Gives(200, Json.EffectiveQuotas),

        // Hosts of tenants
        Get("registry.hostorigins.get", "registry/tenants/{tenant}/host-origins", Operator, "Shows the hosts that a tenant has at names of its own.").Gives(200, Json.HostOriginsView),
        Put("registry.hostorigins.put", "registry/tenants/{tenant}/host-origins", Operator, "Sets the hosts that may show extensions' pages to a tenant, beside the platform's.")
            .Takes(Json.HostOriginsRequest).Gives(200, Json.HostOriginsView),
        Delete("registry.hostorigins.delete", "registry/tenants/{tenant}/host-origins", Operator, "Leaves a tenant with the platform's hosts.").Gives(200, Json.HostOriginsView),

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
