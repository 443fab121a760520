// Where images come from: no admin, no anonymous pull. Building in it needs its public side, which takes identities only.
import { tags as tagsType } from '../types.bicep'

param name string
param location string
param tags tagsType
param subnetId string
param zoneId string
@description('Private and zone-redundant, which the premium size alone offers.')
param premium bool
param pullerPrincipalIds string[]

resource registry 'Microsoft.ContainerRegistry/registries@2025-11-01' = {
  name: name
  location: location
  tags: tags
  sku: { name: premium ? 'Premium' : 'Basic' }
  properties: {
    adminUserEnabled: false
    anonymousPullEnabled: false
    publicNetworkAccess: 'Enabled'
    zoneRedundancy: premium ? 'Enabled' : 'Disabled'
  }
}

var acrPull = subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '7f951dda-4ed3-4680-a7ca-43fe172d538d')

resource pulls 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for principalId in pullerPrincipalIds: {
    scope: registry
    name: guid(registry.id, principalId, acrPull)
    properties: { principalId: principalId, principalType: 'ServicePrincipal', roleDefinitionId: acrPull }
  }
]

module endpoint 'privateEndpoint.bicep' = if (premium) {
  name: '${name}-endpoint'
  params: {
    name: '${name}-registry'
    location: location
    tags: tags
    subnetId: subnetId
    serviceId: registry.id
    groupId: 'registry'
    zoneId: zoneId
  }
}

output loginServer string = registry.properties.loginServer
