// A small environment for trying things: one zone, one replica, small machines.
using 'main.bicep'

param environmentName = 'dev'
param tags = { owner: 'platform' }
param addressPrefix = '10.40.0.0/16'
param image = { runner: 'runner:latest', setup: 'setup:latest' }
param authIssuers = ['https://login.microsoftonline.com/common/v2.0']
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
