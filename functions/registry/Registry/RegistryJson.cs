using System.Text.Json;
using System.Text.Json.Serialization;
using Alga.Extensions.Registry.Audit;
using Alga.Extensions.Registry.Catalog;
using Alga.Extensions.Registry.Executions;
using Alga.Extensions.Registry.Health;
using Alga.Extensions.Registry.Index;
using Alga.Extensions.Registry.HostOrigins;
using Alga.Extensions.Registry.Install;
using Alga.Extensions.Registry.Install.Events;
using Alga.Extensions.Registry.Install.Follow;
using Alga.Extensions.Registry.Install.History;
using Alga.Extensions.Registry.Install.Rollback;
using Alga.Extensions.Registry.Install.Rollout;
using Alga.Extensions.Registry.Install.Schedules;
using Alga.Extensions.Registry.Install.State;
using Alga.Extensions.Registry.Install.Uninstall;
using Alga.Extensions.Registry.Install.Upgrade;
using Alga.Extensions.Registry.InstallSecrets;
using Alga.Extensions.Registry.Keys;
using Alga.Extensions.Registry.Maintenance;
using Alga.Extensions.Registry.Paging;
using Alga.Extensions.Registry.Publish;
using Alga.Extensions.Registry.Quotas;
using Alga.Extensions.Registry.Register;
using Alga.Extensions.Registry.Revoke;
using Alga.Extensions.Registry.Usage;
using Alga.Extensions.Registry.Withdraw;

namespace Alga.Extensions.Registry;

/// <summary>Source-generated JSON of the registry's API: camelCase; unknown, repeated and missing members are errors.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowDuplicateProperties = false,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(RegisterExtensionRequest))]
[JsonSerializable(typeof(InstallRequest))]
[JsonSerializable(typeof(ExtensionView))]
[JsonSerializable(typeof(ExtensionDetails))]
[JsonSerializable(typeof(VersionView))]
[JsonSerializable(typeof(YankRequest))]
[JsonSerializable(typeof(DeprecateRequest))]
[JsonSerializable(typeof(YankView))]
[JsonSerializable(typeof(DeprecationView))]
[JsonSerializable(typeof(AuditView))]
[JsonSerializable(typeof(PublishedVersion))]
[JsonSerializable(typeof(InstallView))]
[JsonSerializable(typeof(InstallState))]
[JsonSerializable(typeof(InstallGrants))]
[JsonSerializable(typeof(JsonDocument))]
[JsonSerializable(typeof(UpgradeRequest))]
[JsonSerializable(typeof(ConsentRequest))]
[JsonSerializable(typeof(UpgradePreview))]
[JsonSerializable(typeof(RollbackRequest))]
[JsonSerializable(typeof(RolloutRequest))]
[JsonSerializable(typeof(PolicyRequest))]
[JsonSerializable(typeof(PurgeReport))]
[JsonSerializable(typeof(FollowReport))]
[JsonSerializable(typeof(Page<HistoryEntry>), TypeInfoPropertyName = "HistoryPage")]
[JsonSerializable(typeof(DeliveryDetails))]
[JsonSerializable(typeof(RedeliveredEvent))]
[JsonSerializable(typeof(ScheduleView))]
[JsonSerializable(typeof(ScheduleList))]
[JsonSerializable(typeof(SchedulePause))]
[JsonSerializable(typeof(Page<DeliveryView>), TypeInfoPropertyName = "DeliveryPage")]
[JsonSerializable(typeof(HealthReport))]
[JsonSerializable(typeof(CollectReport))]
[JsonSerializable(typeof(SecretRequest))]
[JsonSerializable(typeof(SecretView))]
[JsonSerializable(typeof(SecretRow))]
[JsonSerializable(typeof(AddKeyRequest))]
[JsonSerializable(typeof(CompromiseRequest))]
[JsonSerializable(typeof(KeyView))]
[JsonSerializable(typeof(KeyList))]
[JsonSerializable(typeof(RevocationRequest))]
[JsonSerializable(typeof(RevocationView))]
[JsonSerializable(typeof(AdvanceRequest))]
[JsonSerializable(typeof(IndexView))]
[JsonSerializable(typeof(RenewalView))]
[JsonSerializable(typeof(Page<ExtensionView>), TypeInfoPropertyName = "ExtensionPage")]
[JsonSerializable(typeof(Page<VersionSummary>), TypeInfoPropertyName = "VersionPage")]
[JsonSerializable(typeof(Page<AuditView>), TypeInfoPropertyName = "AuditPage")]
[JsonSerializable(typeof(ExecutionDetails))]
[JsonSerializable(typeof(UsageView))]
[JsonSerializable(typeof(PlanRequest))]
[JsonSerializable(typeof(PlanView))]
[JsonSerializable(typeof(PlanList))]
[JsonSerializable(typeof(TenantQuotaRequest))]
[JsonSerializable(typeof(TenantQuotaView))]
[JsonSerializable(typeof(EffectiveQuotas))]
[JsonSerializable(typeof(HostOriginsRequest))]
[JsonSerializable(typeof(HostOriginsView))]
[JsonSerializable(typeof(Page<ExecutionView>), TypeInfoPropertyName = "ExecutionPage")]
[JsonSerializable(typeof(Page<InstallView>), TypeInfoPropertyName = "InstallPage")]
[JsonSerializable(typeof(Page<SecretView>), TypeInfoPropertyName = "SecretPage")]
public sealed partial class RegistryJson : JsonSerializerContext
{
}
