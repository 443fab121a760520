using System.Text.Json.Serialization;
using Alga.Extensions.Registry.Audit;
using Alga.Extensions.Registry.Catalog;
using Alga.Extensions.Registry.Health;
using Alga.Extensions.Registry.Install;
using Alga.Extensions.Registry.InstallSecrets;
using Alga.Extensions.Registry.Paging;
using Alga.Extensions.Registry.Publish;
using Alga.Extensions.Registry.Register;
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
[JsonSerializable(typeof(HealthReport))]
[JsonSerializable(typeof(SecretRequest))]
[JsonSerializable(typeof(SecretView))]
[JsonSerializable(typeof(SecretRow))]
[JsonSerializable(typeof(Page<ExtensionView>), TypeInfoPropertyName = "ExtensionPage")]
[JsonSerializable(typeof(Page<VersionSummary>), TypeInfoPropertyName = "VersionPage")]
[JsonSerializable(typeof(Page<AuditView>), TypeInfoPropertyName = "AuditPage")]
[JsonSerializable(typeof(Page<InstallView>), TypeInfoPropertyName = "InstallPage")]
[JsonSerializable(typeof(Page<SecretView>), TypeInfoPropertyName = "SecretPage")]
public sealed partial class RegistryJson : JsonSerializerContext
{
}
