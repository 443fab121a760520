// Shapes of the parameters, shared by main.bicep and its modules.

@export()
@description('Names of resources; each that is left out follows from prefix, environment and resource group.')
type resourceNames = {
  @description('Virtual network.')
  network: string?
  @description('Log Analytics workspace.')
  logs: string?
  @description('Application Insights.')
  insights: string?
  @description('Azure Monitor workspace, where Prometheus metrics go.')
  metrics: string?
  @description('PostgreSQL flexible server; unique in the world.')
  database: string?
  @description('Storage account of the bundles; 3 to 24 lower-case letters and digits, unique in the world.')
  bundles: string?
  @description('Storage account of the registry\'s host; as above.')
  registryStorage: string?
  @description('Storage account of the gateway\'s host; as above.')
  gatewayStorage: string?
  @description('Key vault of registry and runner; 3 to 24 characters, unique in the world.')
  vault: string?
  @description('Key vault of the gateway; as above.')
  gatewayVault: string?
  @description('Key vault of the registry\'s signing key.')
  signingVault: string?
  @description('Container registry; letters and digits, unique in the world.')
  containerRegistry: string?
  @description('Container Apps environment.')
  containerEnvironment: string?
  @description('Function app of the registry; unique in the world.')
  registry: string?
  @description('Function app of the gateway; unique in the world.')
  gateway: string?
  @description('Container app of the runner.')
  runner: string?
  @description('Job that prepares database and vaults.')
  setup: string?
  @description('Static site of the admin app.')
  admin: string?
  @description('Front Door profile.')
  frontDoor: string?
}

@export()
@description('Tags of every resource.')
type tags = {
  *: string
}

@export()
@description('Environment variables of a service.')
type settings = {
  *: string
}

@export()
@description('Private DNS zones by what they are for.')
type zoneIds = {
  blob: string
  queue: string
  table: string
  vault: string
  registry: string
}

@export()
@description('A managed identity as modules hand it on.')
type identity = {
  @description('Resource id.')
  id: string
  @description('Its name, which is also its login in PostgreSQL.')
  name: string
  @description('Application id, for AZURE_CLIENT_ID.')
  clientId: string
  @description('Object id, for role assignments.')
  principalId: string
}

@export()
@description('Where what happens is written to.')
type monitoring = {
  @description('Resource id of the Log Analytics workspace.')
  workspaceId: string
  @description('Name of the Application Insights component in this resource group.')
  insightsName: string
}

@export()
@description('How far a function app scales.')
type functionScale = {
  @description('Memory of an instance, MiB.')
  instanceMemoryMB: 512 | 2048 | 4096
  @description('Most instances.')
  @minValue(1)
  @maxValue(1000)
  maximumInstanceCount: int
  @description('Instances that are always there for HTTP.')
  @minValue(0)
  alwaysReady: int
}

@export()
@description('Size and bounds of the runner.')
type runnerScale = {
  @description('Fewest replicas.')
  @minValue(0)
  minReplicas: int
  @description('Most replicas.')
  @minValue(1)
  @maxValue(1000)
  maxReplicas: int
  @description('Requests at the same time for each replica; more add replicas.')
  @minValue(1)
  concurrentRequests: int
  @description('Processors of a replica, such as 2.0.')
  cpu: string
  @description('Memory of a replica, such as 4Gi: at least twice RUNNER_COMPILE_MEMORY_MB above the guests\' own.')
  memory: string
}

@export()
@description('Size of the database server.')
type databaseSize = {
  @description('Name of the size, such as Standard_D4ds_v5.')
  sku: string
  tier: 'Burstable' | 'GeneralPurpose' | 'MemoryOptimized'
  @description('GiB; grows by itself.')
  @minValue(32)
  storageGB: int
  @description('A standby in another zone.')
  highAvailability: bool
  @description('Days that backups are kept.')
  @minValue(7)
  @maxValue(35)
  backupDays: int
  @description('Backups in the paired region, too.')
  geoRedundantBackup: bool
}

@export()
@description('Images in the container registry, without its host: runner@sha256:... or runner:tag.')
type images = {
  @description('Without it neither the runner\'s container app nor anything that needs it is made.')
  runner: string?
  @description('Without it there is no setup job.')
  setup: string?
  @description('For functionsHosting containerApps.')
  registry: string?
  @description('For functionsHosting containerApps.')
  gateway: string?
}

@export()
@description('A Kubernetes cluster that runs the manifests of keda/.')
type cluster = {
  @description('Issuer of the cluster\'s service account tokens.')
  oidcIssuer: string
  @description('Namespace of the runner.')
  namespace: string
  @description('How the gateway reaches the runner\'s service: an internal load balancer.')
  runnerUrl: string
  @description('How the gateway reaches the scaler\'s reports.')
  scalerUrl: string
}

@export()
@description('Domains that Front Door serves.')
type frontDoorDomains = {
  @description('Host of registry and gateway, such as extensions.example.com.')
  api: string
  @description('Host of the extensions\' own pages: of another site than the host application, such as ui.example-usercontent.com.')
  extensionUi: string
}

@export()
@description('Pages of extensions in browsers.')
type extensionPages = {
  @description('Origin that the pages come from, such as https://ext.example.com; a site of its own, not one of the host application.')
  publicBase: string
  @description('Origins of the host applications that may show them.')
  @minLength(1)
  hosts: string[]
}

@export()
@description('Who is told of an alert.')
type actionGroup = {
  @description('Resource id of an action group.')
  actionGroupId: string
}
