// Prepares database and vaults, from inside the network; started by hand or by the deployment, safe to repeat.
import { identity as identityType, settings as settingsType, tags as tagsType } from '../types.bicep'

param name string
param location string
param tags tagsType
param identity identityType
param environmentId string
param registryServer string
param image string
param settings settingsType

resource job 'Microsoft.App/jobs@2026-01-01' = {
  name: name
  location: location
  tags: tags
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: { '${identity.id}': {} }
  }
  properties: {
    environmentId: environmentId
    workloadProfileName: 'Consumption'
    configuration: {
      triggerType: 'Schedule'
      // The execution log gets its partitions for the coming days from every run.
      scheduleTriggerConfig: { cronExpression: '30 2 * * *', parallelism: 1, replicaCompletionCount: 1 }
      replicaTimeout: 1800
      replicaRetryLimit: 1
      registries: [{ server: registryServer, identity: identity.id }]
    }
    template: {
      containers: [
        {
          name: 'setup'
          image: '${registryServer}/${image}'
          resources: { cpu: json('0.5'), memory: '1Gi' }
          env: [
            for setting in items(union(settings, { AZURE_CLIENT_ID: identity.clientId })): {
              name: setting.key
              value: setting.value
            }
          ]
        }
      ]
    }
  }
}

output name string = job.name
