// Production with the runner on a cluster (keda/), and registry and gateway as containers.
using 'main.bicep'

param environmentName = 'k8s'
param tags = { owner: 'platform' }
param addressPrefix = '10.42.0.0/16'
param functionsHosting = 'containerApps'
param kubernetes = {
  oidcIssuer: 'https://westeurope.oic.prod-aks.azure.com/00000000-0000-0000-0000-000000000000/11111111-1111-1111-1111-111111111111/'
  namespace: 'alga-extensions'
  runnerUrl: 'http://runner.alga.example.internal:8080'
  scalerUrl: 'http://scaler.alga.example.internal:8081'
}
param image = { setup: 'setup:0.1.0', registry: 'registry:0.1.0', gateway: 'gateway:0.1.0' }
param authIssuers = ['https://login.microsoftonline.com/common/v2.0']
param authAudience = 'alga-extensions'
param trustBundle = loadTextContent('trust/prod.pem')
param gatewayTimeoutMs = 5000
param registryScale = { instanceMemoryMB: 2048, maximumInstanceCount: 30, alwaysReady: 2 }
param gatewayScale = { instanceMemoryMB: 2048, maximumInstanceCount: 100, alwaysReady: 3 }
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
