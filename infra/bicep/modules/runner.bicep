// The runner on Container Apps: reachable from the network only, scaled by the requests it has at the same time.
import { identity as identityType, runnerScale, settings as settingsType, tags as tagsType } from '../types.bicep'

param name string
param location string
param tags tagsType
param identity identityType
param environmentId string
param registryServer string
param image string
param scale runnerScale
@description('Reached from all of the network that the environment is in, not only from the environment.')
param reachableFromNetwork bool
@description('Application Insights that gets traces, metrics and logs.')
param insightsName string
@description('What the runner reads.')
param settings settingsType

resource insights 'Microsoft.Insights/components@2020-02-02' existing = {
  name: insightsName
}

resource runner 'Microsoft.App/containerApps@2026-01-01' = {
  name: name
  location: location
  tags: union(tags, { 'azd-service-name': 'runner' })
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: { '${identity.id}': {} }
  }
  properties: {
    environmentId: environmentId
    workloadProfileName: 'Consumption'
    configuration: {
      activeRevisionsMode: 'Single'
      ingress: { external: reachableFromNetwork, targetPort: 8080, transport: 'http', allowInsecure: false }
      registries: [{ server: registryServer, identity: identity.id }]
    }
    template: {
      // The longest guest (30 s), and what it takes that nobody sends requests any more.
      terminationGracePeriodSeconds: 60
      containers: [
        {
          name: 'runner'
          image: '${registryServer}/${image}'
          resources: { cpu: json(scale.cpu), memory: scale.memory }
          env: concat(
            map(
              items(union(settings, { AZURE_CLIENT_ID: identity.clientId, EXT_CACHE_ROOT: '/var/cache/alga' })),
              setting => { name: setting.key, value: setting.value }
            ),
            [{ name: 'APPLICATIONINSIGHTS_CONNECTION_STRING', value: insights.properties.ConnectionString }]
          )
          volumeMounts: [{ volumeName: 'cache', mountPath: '/var/cache/alga' }]
          probes: [
            {
              type: 'Startup'
              httpGet: { path: '/healthz', port: 8080 }
              periodSeconds: 1
              failureThreshold: 60
            }
            {
              type: 'Liveness'
              httpGet: { path: '/healthz', port: 8080 }
              periodSeconds: 10
              failureThreshold: 6
            }
            {
              type: 'Readiness'
              httpGet: { path: '/readyz', port: 8080 }
              periodSeconds: 1
              failureThreshold: 1
            }
          ]
        }
      ]
      volumes: [{ name: 'cache', storageType: 'EmptyDir' }]
      scale: {
        minReplicas: scale.minReplicas
        maxReplicas: scale.maxReplicas
        cooldownPeriod: 300
        pollingInterval: 15
        rules: [
          {
            name: 'requests-in-flight'
            http: { metadata: { concurrentRequests: string(scale.concurrentRequests) } }
          }
        ]
      }
    }
  }
}
