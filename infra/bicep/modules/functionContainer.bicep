// A function app as a container, where functionsHosting says containerApps.
import { functionScale, identity as identityType, settings as settingsType, tags as tagsType } from '../types.bicep'

param name string
param location string
param tags tagsType
@description('Name of the service in azure.yaml.')
param serviceName string
param identity identityType
param environmentId string
param registryServer string
param image string
param scale functionScale
param storageAccountName string
param insightsName string
@description('What the app itself reads, beside what its host does.')
param settings settingsType

resource insights 'Microsoft.Insights/components@2020-02-02' existing = {
  name: insightsName
}

var knownSettings = union(settings, {
  AZURE_CLIENT_ID: identity.clientId
  AzureWebJobsStorage__accountName: storageAccountName
  AzureWebJobsStorage__credential: 'managedidentity'
  AzureWebJobsStorage__clientId: identity.clientId
  APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'ClientId=${identity.clientId};Authorization=AAD'
})
var knownEnvironment = [for setting in items(knownSettings): { name: setting.key, value: setting.value }]

resource app 'Microsoft.App/containerApps@2026-01-01' = {
  name: name
  location: location
  tags: union(tags, { 'azd-service-name': serviceName })
  kind: 'functionapp'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: { '${identity.id}': {} }
  }
  properties: {
    environmentId: environmentId
    workloadProfileName: 'Consumption'
    configuration: {
      activeRevisionsMode: 'Single'
      ingress: { external: true, targetPort: 80, transport: 'auto', allowInsecure: false }
      registries: [{ server: registryServer, identity: identity.id }]
    }
    template: {
      containers: [
        {
          name: serviceName
          image: '${registryServer}/${image}'
          resources: { cpu: json('1.0'), memory: '2Gi' }
          env: concat(knownEnvironment, [
            { name: 'APPLICATIONINSIGHTS_CONNECTION_STRING', value: insights.properties.ConnectionString }
          ])
          probes: [
            {
              type: 'Liveness'
              httpGet: { path: '/runtime/health/live', port: 80 }
              periodSeconds: 10
              failureThreshold: 6
            }
            {
              type: 'Readiness'
              httpGet: { path: '/runtime/health/ready', port: 80 }
              periodSeconds: 5
              failureThreshold: 3
            }
          ]
        }
      ]
      scale: {
        minReplicas: max(1, scale.alwaysReady)
        maxReplicas: scale.maximumInstanceCount
      }
    }
  }
}

output hostName string = app.properties.configuration.ingress!.fqdn
