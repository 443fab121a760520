// What the Functions host of one app keeps for itself: leases, and the deployed package.
import { tags as tagsType, zoneIds as zoneIdsType } from '../types.bicep'

param name string
param location string
param tags tagsType
param subnetId string
@description('Private DNS zones by part of the service: blob, queue, table.')
param zoneIds zoneIdsType
@description('The app.')
param principalId string

var parts = ['blob', 'queue', 'table']

resource account 'Microsoft.Storage/storageAccounts@2026-04-01' = {
  name: name
  location: location
  tags: tags
  kind: 'StorageV2'
  sku: { name: 'Standard_LRS' }
  properties: {
    allowBlobPublicAccess: false
    allowSharedKeyAccess: false
    allowCrossTenantReplication: false
    defaultToOAuthAuthentication: true
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
    publicNetworkAccess: 'Disabled'
    networkAcls: { defaultAction: 'Deny', bypass: 'None' }
  }

  resource blobs 'blobServices' = {
    name: 'default'

    resource packages 'containers' = {
      name: 'app-package'
      properties: { publicAccess: 'None' }
    }
  }
}

// What the host asks for where it uses an identity instead of a key.
var roles = [
  'b7e6dc6d-f1e8-4753-8033-0f276bb0955b' // Storage Blob Data Owner
  '974c5e8b-45b9-4653-ba55-5f855dd0fb88' // Storage Queue Data Contributor
  '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3' // Storage Table Data Contributor
]

resource grants 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for role in roles: {
    scope: account
    name: guid(account.id, principalId, role)
    properties: {
      principalId: principalId
      principalType: 'ServicePrincipal'
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', role)
    }
  }
]

module endpoints 'privateEndpoint.bicep' = [
  for part in parts: {
    name: '${name}-${part}'
    params: {
      name: '${name}-${part}'
      location: location
      tags: tags
      subnetId: subnetId
      serviceId: account.id
      groupId: part
      zoneId: zoneIds[part]
    }
  }
]

output accountName string = account.name
output packageUrl string = '${account.properties.primaryEndpoints.blob}${account::blobs::packages.name}'
