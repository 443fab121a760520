// The whole platform in one resource group. docs/deployment.md says how to deploy it and what was tried without a cloud.
import { actionGroup, cluster, databaseSize, extensionPages as extensionPagesType, frontDoorDomains, functionScale, images, resourceNames, runnerScale, tags as tagsType } from 'types.bicep'

targetScope = 'resourceGroup'

@description('Name of this environment, such as dev or prod.')
@minLength(2)
@maxLength(12)
param environmentName string

param location string = resourceGroup().location

@description('Tags of every resource, beside environment and application.')
param tags tagsType = {}

@description('Names of resources, where those that follow from the environment will not do.')
param names resourceNames = {}

@description('Address space of the network: a /16 that nothing it is connected to uses.')
param addressPrefix string

@description('Where registry and gateway run.')
param functionsHosting 'flexConsumption' | 'containerApps' = 'flexConsumption'

@description('Where the runner runs instead of Container Apps: a cluster with the manifests of keda/.')
param kubernetes cluster?

@description('What was built; left out at first, since the container registry comes with this deployment.')
param image images = {}

@description('Issuers of the users\' tokens, https.')
@minLength(1)
param authIssuers string[]

@description('What the users\' tokens must have as audience.')
param authAudience string

@description('Where browsers get the pages of extensions, and which host applications may show them. Without it no page is shown.')
param extensionPages extensionPagesType?

@description('Trust bundle: PEM text of public keys, each with the publishers that it may sign for.')
param trustBundle string

@description('Hosts that extensions may fetch from at all, such as api.example.com,*.example.org; left out, the grants of installs decide alone.')
param egressAllowlist string?

@description('How long the gateway waits for an answer, 1000 to 60000 ms.')
@minValue(1000)
@maxValue(60000)
param gatewayTimeoutMs int

@description('Exact origins whose pages may call the gateway from a browser, such as https://app.example.com.')
param gatewayCorsOrigins string[] = []

param registryScale functionScale
param gatewayScale functionScale
param runner runnerScale
param database databaseSize

@description('Copies in several zones, and premium sizes where only they have them.')
param zoneRedundant bool

@description('Days that logs are kept.')
param logRetentionDays int

@description('GB of logs a day at most, -1 for no limit.')
param logDailyQuotaGb int

@description('Who is told of alerts; nobody, and they are only to be seen.')
param alertActionGroups actionGroup[] = []

@description('Region of the static site, which exists in some only.')
param adminLocation string

@description('Front Door and its domains, with function apps on Flex Consumption and the runner on Container Apps; left out, registry and gateway are reached directly.')
param frontDoor frontDoorDomains?

var allTags = union(tags, { application: 'alga-extensions', environment: environmentName })
var suffix = substring(uniqueString(resourceGroup().id, environmentName), 0, 6)
var prefix = 'alga-${environmentName}'
var compact = replace('alga${environmentName}', '-', '')

var name = {
  network: names.?network ?? '${prefix}-network'
  logs: names.?logs ?? '${prefix}-logs'
  insights: names.?insights ?? '${prefix}-insights'
  metrics: names.?metrics ?? '${prefix}-metrics'
  database: names.?database ?? '${prefix}-db-${suffix}'
  bundles: names.?bundles ?? '${take(compact, 16)}b${suffix}'
  registryStorage: names.?registryStorage ?? '${take(compact, 16)}r${suffix}'
  gatewayStorage: names.?gatewayStorage ?? '${take(compact, 16)}g${suffix}'
  vault: names.?vault ?? '${take(prefix, 15)}-v-${suffix}'
  gatewayVault: names.?gatewayVault ?? '${take(prefix, 15)}-g-${suffix}'
  signingVault: names.?signingVault ?? '${take(prefix, 15)}-s-${suffix}'
  containerRegistry: names.?containerRegistry ?? '${compact}${suffix}'
  containerEnvironment: names.?containerEnvironment ?? '${prefix}-containers'
  registry: names.?registry ?? '${prefix}-registry-${suffix}'
  gateway: names.?gateway ?? '${prefix}-gateway-${suffix}'
  runner: names.?runner ?? '${prefix}-runner'
  setup: names.?setup ?? '${prefix}-setup'
  admin: names.?admin ?? '${prefix}-admin'
  frontDoor: names.?frontDoor ?? '${prefix}-door'
}

var onFlex = functionsHosting == 'flexConsumption'
var onContainerApps = kubernetes == null && image.?runner != null
var behindDoor = frontDoor != null && onFlex && onContainerApps

// Identities: one for each component, and what it may do is said where the thing is that it does it to.

module registryIdentity 'modules/identity.bicep' = {
  name: 'registry-identity'
  params: { name: '${prefix}-registry', location: location, tags: allTags }
}

module gatewayIdentity 'modules/identity.bicep' = {
  name: 'gateway-identity'
  params: { name: '${prefix}-gateway', location: location, tags: allTags }
}

module runnerIdentity 'modules/identity.bicep' = {
  name: 'runner-identity'
  params: {
    name: '${prefix}-runner'
    location: location
    tags: allTags
    oidcIssuer: kubernetes.?oidcIssuer ?? ''
    serviceAccount: '${kubernetes.?namespace ?? ''}:alga-runner'
  }
}

module scalerIdentity 'modules/identity.bicep' = if (kubernetes != null) {
  name: 'scaler-identity'
  params: {
    name: '${prefix}-scaler'
    location: location
    tags: allTags
    oidcIssuer: kubernetes.?oidcIssuer ?? ''
    serviceAccount: '${kubernetes.?namespace ?? ''}:alga-scaler'
  }
}

module setupIdentity 'modules/identity.bicep' = {
  name: 'setup-identity'
  params: { name: '${prefix}-setup', location: location, tags: allTags }
}

// What everything stands on.

module network 'modules/network.bicep' = {
  params: { name: name.network, location: location, tags: allTags, addressPrefix: addressPrefix }
}

module monitoring 'modules/monitoring.bicep' = {
  params: {
    logsName: name.logs
    insightsName: name.insights
    metricsName: name.metrics
    location: location
    tags: allTags
    retentionDays: logRetentionDays
    dailyQuotaGb: logDailyQuotaGb
  }
}

module alerts 'modules/alerts.bicep' = {
  params: {
    prefix: prefix
    location: location
    tags: allTags
    metricsId: monitoring.outputs.metricsId
    actionGroups: alertActionGroups
  }
}

module insightsAlerts 'modules/insightsAlerts.bicep' = {
  params: {
    prefix: prefix
    location: location
    tags: allTags
    workspaceId: monitoring.outputs.monitoring.workspaceId
    actionGroups: alertActionGroups
  }
}

module workbook 'modules/workbook.bicep' = {
  params: {
    location: location
    tags: allTags
    metricsId: monitoring.outputs.metricsId
  }
}

module postgres 'modules/database.bicep' = {
  params: {
    name: name.database
    location: location
    tags: allTags
    size: database
    subnetId: network.outputs.databaseSubnetId
    zoneId: network.outputs.databaseZoneId
    workspaceId: monitoring.outputs.monitoring.workspaceId
    administrator: {
      name: setupIdentity.outputs.identity.name
      principalId: setupIdentity.outputs.identity.principalId
    }
  }
}

module bundles 'modules/bundles.bicep' = {
  params: {
    name: name.bundles
    location: location
    tags: allTags
    subnetId: network.outputs.endpointsSubnetId
    zoneId: network.outputs.zoneIds.blob
    workspaceId: monitoring.outputs.monitoring.workspaceId
    zoneRedundant: zoneRedundant
    registryPrincipalId: registryIdentity.outputs.identity.principalId
    runnerPrincipalId: runnerIdentity.outputs.identity.principalId
  }
}

// Three vaults, since a role covers a whole one: the gateway, which the world talks to, gets at the service token key and the load report key alone.

// What the set-up may do there: look whether a key is there, and make it. It deletes none and takes none away.
resource keyMakerRole 'Microsoft.Authorization/roleDefinitions@2022-04-01' = {
  name: guid(resourceGroup().id, 'key maker')
  properties: {
    roleName: 'Alga key maker (${prefix})'
    description: 'Reads and makes secrets. Deletes nothing, and neither backs up nor purges.'
    type: 'CustomRole'
    assignableScopes: [resourceGroup().id]
    permissions: [
      {
        actions: []
        dataActions: [
          'Microsoft.KeyVault/vaults/secrets/getSecret/action'
          'Microsoft.KeyVault/vaults/secrets/setSecret/action'
        ]
      }
    ]
  }
}

module vault 'modules/vault.bicep' = {
  params: {
    name: name.vault
    location: location
    tags: allTags
    subnetId: network.outputs.endpointsSubnetId
    zoneId: network.outputs.zoneIds.vault
    workspaceId: monitoring.outputs.monitoring.workspaceId
    readerPrincipalIds: [runnerIdentity.outputs.identity.principalId]
    // The registry makes tenants' keys and removes them.
    writerPrincipalIds: [registryIdentity.outputs.identity.principalId]
    makerPrincipalId: setupIdentity.outputs.identity.principalId
    makerRoleId: keyMakerRole.id
  }
}

module gatewayVault 'modules/vault.bicep' = {
  name: 'gateway-vault'
  params: {
    name: name.gatewayVault
    location: location
    tags: allTags
    subnetId: network.outputs.endpointsSubnetId
    zoneId: network.outputs.zoneIds.vault
    workspaceId: monitoring.outputs.monitoring.workspaceId
    readerPrincipalIds: concat(
      [gatewayIdentity.outputs.identity.principalId],
      kubernetes == null ? [] : [scalerIdentity!.outputs.identity.principalId]
    )
    makerPrincipalId: setupIdentity.outputs.identity.principalId
    makerRoleId: keyMakerRole.id
  }
}

// The registry's signing key: whoever escapes from a sandbox must not find it, so runners have no role here.
module signingVault 'modules/vault.bicep' = {
  name: 'signing-vault'
  params: {
    name: name.signingVault
    location: location
    tags: allTags
    subnetId: network.outputs.endpointsSubnetId
    zoneId: network.outputs.zoneIds.vault
    workspaceId: monitoring.outputs.monitoring.workspaceId
    readerPrincipalIds: [registryIdentity.outputs.identity.principalId]
    // Makes the key once, and reads it for the public half; it runs no code of others.
    makerPrincipalId: setupIdentity.outputs.identity.principalId
    makerRoleId: keyMakerRole.id
  }
}

module containerRegistry 'modules/containerRegistry.bicep' = {
  params: {
    name: name.containerRegistry
    location: location
    tags: allTags
    subnetId: network.outputs.endpointsSubnetId
    zoneId: network.outputs.zoneIds.registry
    premium: zoneRedundant
    pullerPrincipalIds: concat(
      [runnerIdentity.outputs.identity.principalId, setupIdentity.outputs.identity.principalId],
      onFlex ? [] : [registryIdentity.outputs.identity.principalId, gatewayIdentity.outputs.identity.principalId]
    )
  }
}

module containers 'modules/containerEnvironment.bicep' = {
  params: {
    name: name.containerEnvironment
    location: location
    tags: allTags
    networkId: network.outputs.networkId
    subnetId: network.outputs.containersSubnetId
    workspaceId: monitoring.outputs.monitoring.workspaceId
    zoneRedundant: zoneRedundant
    // Function apps in it are for the world, the runner never is.
    private: onFlex
  }
}

module door 'modules/frontDoorProfile.bicep' = if (behindDoor) {
  params: { name: name.frontDoor, tags: allTags }
}

// The components.

// No password: with an identity's login, the services ask for a token.
var databaseUrl = 'Host=${postgres.outputs.host};Database=${postgres.outputs.databaseName};SSL Mode=VerifyFull;Username='

module registryStorage 'modules/hostStorage.bicep' = {
  name: 'registry-storage'
  params: {
    name: name.registryStorage
    location: location
    tags: allTags
    subnetId: network.outputs.endpointsSubnetId
    zoneIds: network.outputs.zoneIds
    principalId: registryIdentity.outputs.identity.principalId
  }
}

module gatewayStorage 'modules/hostStorage.bicep' = {
  name: 'gateway-storage'
  params: {
    name: name.gatewayStorage
    location: location
    tags: allTags
    subnetId: network.outputs.endpointsSubnetId
    zoneIds: network.outputs.zoneIds
    principalId: gatewayIdentity.outputs.identity.principalId
  }
}

module registryInsights 'modules/insightsWriter.bicep' = {
  name: 'registry-insights'
  params: {
    insightsName: monitoring.outputs.monitoring.insightsName
    principalId: registryIdentity.outputs.identity.principalId
  }
}

module gatewayInsights 'modules/insightsWriter.bicep' = {
  name: 'gateway-insights'
  params: {
    insightsName: monitoring.outputs.monitoring.insightsName
    principalId: gatewayIdentity.outputs.identity.principalId
  }
}

module runnerInsights 'modules/insightsWriter.bicep' = {
  name: 'runner-insights'
  params: {
    insightsName: monitoring.outputs.monitoring.insightsName
    principalId: runnerIdentity.outputs.identity.principalId
  }
}

module setup 'modules/setupJob.bicep' = if (image.?setup != null) {
  params: {
    name: name.setup
    location: location
    tags: allTags
    identity: setupIdentity.outputs.identity
    environmentId: containers.outputs.id
    registryServer: containerRegistry.outputs.loginServer
    image: image.?setup ?? ''
    settings: {
      DATABASE_URL: '${databaseUrl}${setupIdentity.outputs.identity.name}'
      SETUP_LOGINS: join(
        [
          'alga_registry=${registryIdentity.outputs.identity.name}:${registryIdentity.outputs.identity.principalId}'
          'alga_gateway=${gatewayIdentity.outputs.identity.name}:${gatewayIdentity.outputs.identity.principalId}'
          'alga_runner=${runnerIdentity.outputs.identity.name}:${runnerIdentity.outputs.identity.principalId}'
        ],
        ','
      )
      KEY_VAULT_URL: vault.outputs.url
      SETUP_GATEWAY_VAULT_URL: gatewayVault.outputs.url
      SETUP_SIGNING_VAULT_URL: signingVault.outputs.url
    }
  }
}

module runnerApp 'modules/runner.bicep' = if (onContainerApps) {
  name: 'runner'
  params: {
    name: name.runner
    location: location
    tags: allTags
    identity: runnerIdentity.outputs.identity
    environmentId: containers.outputs.id
    registryServer: containerRegistry.outputs.loginServer
    image: image.?runner ?? ''
    scale: runner
    reachableFromNetwork: onFlex
    insightsName: monitoring.outputs.monitoring.insightsName
    settings: union(
      {
        DATABASE_URL: '${databaseUrl}${runnerIdentity.outputs.identity.name}'
        BUNDLE_STORE_CONNECTION: bundles.outputs.endpoint
        SIGNING_TRUST_BUNDLE: trustBundle
        KEY_VAULT_URL: vault.outputs.url
      },
      egressAllowlist == null ? {} : { EXT_EGRESS_ALLOWLIST: egressAllowlist ?? '' },
      extensionPages == null ? {} : { RUNNER_PUBLIC_BASE: extensionPages!.publicBase, EXT_UI_FRAME_ANCESTORS: join(extensionPages!.hosts, ',') }
    )
  }
}

var registrySettings = {
  DATABASE_URL: '${databaseUrl}${registryIdentity.outputs.identity.name}'
  BUNDLE_STORE_CONNECTION: bundles.outputs.endpoint
  SIGNING_TRUST_BUNDLE: trustBundle
  KEY_VAULT_URL: vault.outputs.url
  SIGNING_KEY_VAULT_URL: signingVault.outputs.url
  AUTH_ISSUERS: join(authIssuers, ',')
  AUTH_AUDIENCE: authAudience
}

var gatewaySettings = union(
  {
    DATABASE_URL: '${databaseUrl}${gatewayIdentity.outputs.identity.name}'
    KEY_VAULT_URL: gatewayVault.outputs.url
    AUTH_ISSUERS: join(authIssuers, ',')
    AUTH_AUDIENCE: authAudience
    RUNNER_BASE_URL: kubernetes.?runnerUrl ?? 'https://${name.runner}${onFlex ? '' : '.internal'}.${containers.outputs.defaultDomain}'
    EXT_GATEWAY_TIMEOUT_MS: string(gatewayTimeoutMs)
    SIGNING_TRUST_BUNDLE: trustBundle
  },
  extensionPages == null ? {} : { RUNNER_PUBLIC_BASE: extensionPages!.publicBase },
  empty(gatewayCorsOrigins) ? {} : { EXT_GATEWAY_CORS_ORIGINS: join(gatewayCorsOrigins, ',') },
  kubernetes == null ? {} : { SCALER_URL: kubernetes.?scalerUrl ?? '' }
)

module registry 'modules/functionApp.bicep' = if (onFlex) {
  name: 'registry'
  params: {
    name: name.registry
    location: location
    tags: allTags
    serviceName: 'registry'
    identity: registryIdentity.outputs.identity
    subnetId: network.outputs.registrySubnetId
    scale: registryScale
    storageAccountName: registryStorage.outputs.accountName
    packageUrl: registryStorage.outputs.packageUrl
    workspaceId: monitoring.outputs.monitoring.workspaceId
    insightsName: monitoring.outputs.monitoring.insightsName
    settings: registrySettings
    behindDoor: behindDoor
    frontDoorId: behindDoor ? door!.outputs.frontDoorId : ''
  }
}

module gateway 'modules/functionApp.bicep' = if (onFlex) {
  name: 'gateway'
  params: {
    name: name.gateway
    location: location
    tags: allTags
    serviceName: 'gateway'
    identity: gatewayIdentity.outputs.identity
    subnetId: network.outputs.gatewaySubnetId
    scale: gatewayScale
    storageAccountName: gatewayStorage.outputs.accountName
    packageUrl: gatewayStorage.outputs.packageUrl
    workspaceId: monitoring.outputs.monitoring.workspaceId
    insightsName: monitoring.outputs.monitoring.insightsName
    settings: gatewaySettings
    behindDoor: behindDoor
    frontDoorId: behindDoor ? door!.outputs.frontDoorId : ''
  }
}

module registryContainer 'modules/functionContainer.bicep' = if (!onFlex && image.?registry != null) {
  name: 'registry-container'
  params: {
    name: '${prefix}-registry'
    location: location
    tags: allTags
    serviceName: 'registry'
    identity: registryIdentity.outputs.identity
    environmentId: containers.outputs.id
    registryServer: containerRegistry.outputs.loginServer
    image: image.?registry ?? ''
    scale: registryScale
    storageAccountName: registryStorage.outputs.accountName
    insightsName: monitoring.outputs.monitoring.insightsName
    settings: registrySettings
  }
}

module gatewayContainer 'modules/functionContainer.bicep' = if (!onFlex && image.?gateway != null) {
  name: 'gateway-container'
  params: {
    name: '${prefix}-gateway'
    location: location
    tags: allTags
    serviceName: 'gateway'
    identity: gatewayIdentity.outputs.identity
    environmentId: containers.outputs.id
    registryServer: containerRegistry.outputs.loginServer
    image: image.?gateway ?? ''
    scale: gatewayScale
    storageAccountName: gatewayStorage.outputs.accountName
    insightsName: monitoring.outputs.monitoring.insightsName
    settings: gatewaySettings
  }
}

module admin 'modules/admin.bicep' = {
  params: { name: name.admin, location: adminLocation, tags: allTags }
}

module doorRoutes 'modules/frontDoor.bicep' = if (behindDoor) {
  name: 'front-door-routes'
  params: {
    profileName: name.frontDoor
    tags: allTags
    domains: frontDoor!
    location: location
    registryHost: registry!.outputs.hostName
    gatewayHost: gateway!.outputs.hostName
    runnerEnvironmentId: containers.outputs.id
    runnerHost: '${name.runner}.${containers.outputs.defaultDomain}'
  }
}

output AZURE_CONTAINER_REGISTRY_ENDPOINT string = containerRegistry.outputs.loginServer
output AZURE_CONTAINER_REGISTRY_NAME string = name.containerRegistry
output SETUP_JOB_NAME string = name.setup
output ADMIN_HOST string = admin.outputs.hostName
output METRICS_QUERY_ENDPOINT string = monitoring.outputs.metricsQueryEndpoint
output RUNNER_CLIENT_ID string = runnerIdentity.outputs.identity.clientId
output SCALER_CLIENT_ID string = kubernetes == null ? '' : scalerIdentity!.outputs.identity.clientId
output KEY_VAULT_URL string = vault.outputs.url
output GATEWAY_KEY_VAULT_URL string = gatewayVault.outputs.url
output RUNNER_DATABASE_URL string = '${databaseUrl}${runnerIdentity.outputs.identity.name}'
output BUNDLE_STORE_CONNECTION string = bundles.outputs.endpoint
