// Where containers run: inside the network, with encryption between them.
import { tags as tagsType } from '../types.bicep'

param name string
param location string
param tags tagsType
param networkId string
param subnetId string
param workspaceId string
param zoneRedundant bool
@description('Reached from inside the network only.')
param private bool

resource containers 'Microsoft.App/managedEnvironments@2026-01-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    vnetConfiguration: { internal: private, infrastructureSubnetId: subnetId }
    publicNetworkAccess: private ? 'Disabled' : 'Enabled'
    zoneRedundant: zoneRedundant
    appLogsConfiguration: { destination: 'azure-monitor' }
    peerAuthentication: { mtls: { enabled: true } }
    peerTrafficConfiguration: { encryption: { enabled: true } }
    workloadProfiles: [{ name: 'Consumption', workloadProfileType: 'Consumption' }]
  }
}

module zone 'containerZone.bicep' = if (private) {
  params: {
    domain: containers.properties.defaultDomain
    address: containers.properties.staticIp
    tags: tags
    networkId: networkId
    linkName: name
  }
}

resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: containers
  name: 'logs'
  properties: {
    workspaceId: workspaceId
    logs: [{ categoryGroup: 'allLogs', enabled: true }]
  }
}

output id string = containers.id
output defaultDomain string = containers.properties.defaultDomain
