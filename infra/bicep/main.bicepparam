// What azd deploys: a small environment like main.dev.bicepparam, with what differs taken from azd's own variables.
using 'main.bicep'

param environmentName = readEnvironmentVariable('AZURE_ENV_NAME', 'dev')
param tags = { owner: 'platform' }
param addressPrefix = '10.40.0.0/16'
var imageTag = readEnvironmentVariable('ALGA_IMAGE_TAG', '')
param image = empty(imageTag) ? {} : { runner: 'runner:${imageTag}', setup: 'setup:${imageTag}' }
param authIssuers = split(readEnvironmentVariable('AUTH_ISSUERS', 'https://login.microsoftonline.com/common/v2.0'), ',')
param authAudience = 'alga-extensions'
param trustBundle = loadTextContent('trust/dev.pem')
param gatewayTimeoutMs = 5000
param registryScale = { instanceMemoryMB: 2048, maximumInstanceCount: 40, alwaysReady: 0 }
param gatewayScale = { instanceMemoryMB: 2048, maximumInstanceCount: 40, alwaysReady: 0 }
param runner = { minReplicas: 1, maxReplicas: 3, concurrentRequests: 10, cpu: '2.0', memory: '4Gi' }
param database = {
  sku: 'Standard_B2s'
  tier: 'Burstable'
  storageGB: 32
  highAvailability: false
  backupDays: 7
  geoRedundantBackup: false
}
param zoneRedundant = false
param logRetentionDays = 30
param logDailyQuotaGb = 1
param adminLocation = 'westeurope'
