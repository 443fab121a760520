// Production: copies in several zones, a standby database, Front Door with a site of its own for the extensions' pages.
using 'main.bicep'

param environmentName = 'prod'
param tags = { owner: 'platform' }
param addressPrefix = '10.41.0.0/16'
param image = { runner: 'runner:0.1.0', setup: 'setup:0.1.0' }
param authIssuers = ['https://login.microsoftonline.com/common/v2.0']
param authAudience = 'alga-extensions'
param trustBundle = loadTextContent('trust/prod.pem')
param egressAllowlist = 'api.example.com,*.example.org'
param gatewayTimeoutMs = 5000
param gatewayCorsOrigins = ['https://app.example.com']
param registryScale = { instanceMemoryMB: 2048, maximumInstanceCount: 100, alwaysReady: 1 }
param gatewayScale = { instanceMemoryMB: 4096, maximumInstanceCount: 400, alwaysReady: 2 }
param runner = { minReplicas: 3, maxReplicas: 100, concurrentRequests: 10, cpu: '4.0', memory: '8Gi' }
param database = {
  sku: 'Standard_D4ds_v5'
  tier: 'GeneralPurpose'
  storageGB: 256
  highAvailability: true
  backupDays: 35
  geoRedundantBackup: true
}
param zoneRedundant = true
param logRetentionDays = 90
param logDailyQuotaGb = 100
param adminLocation = 'westeurope'
param extensionPages = { publicBase: 'https://ui.example-usercontent.com', hosts: ['https://app.example.com'] }
param frontDoor = { api: 'extensions.example.com', extensionUi: 'ui.example-usercontent.com' }
