// The bundle store: one container, no keys, and for each component just the operations that it has use for.
import { tags as tagsType } from '../types.bicep'

param name string
param location string
param tags tagsType
param subnetId string
param zoneId string
param workspaceId string

@description('Zone-redundant where true.')
param zoneRedundant bool

@description('Reads, creates, and deletes what no version refers to.')
param registryPrincipalId string
@description('Reads everything, creates compiled code only.')
param runnerPrincipalId string

resource account 'Microsoft.Storage/storageAccounts@2026-04-01' = {
  name: name
  location: location
  tags: tags
  kind: 'StorageV2'
  sku: { name: zoneRedundant ? 'Standard_ZRS' : 'Standard_LRS' }
  properties: {
    accessTier: 'Hot'
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
    properties: {
      deleteRetentionPolicy: { enabled: true, days: 14 }
      containerDeleteRetentionPolicy: { enabled: true, days: 14 }
    }

    resource container 'containers' = {
      name: 'extension-bundles'
      properties: { publicAccess: 'None' }
    }
  }
}

var blobActions = 'Microsoft.Storage/storageAccounts/blobServices/containers/blobs'

resource writerRole 'Microsoft.Authorization/roleDefinitions@2022-04-01' = {
  name: guid(resourceGroup().id, 'bundle writer')
  properties: {
    roleName: 'Alga bundle writer (${name})'
    description: 'Reads, creates and deletes blobs; nothing on containers or the account.'
    type: 'CustomRole'
    assignableScopes: [resourceGroup().id]
    permissions: [
      {
        actions: []
        dataActions: [
          '${blobActions}/read'
          '${blobActions}/write'
          '${blobActions}/add/action'
          '${blobActions}/delete'
        ]
      }
    ]
  }
}

resource compiledWriterRole 'Microsoft.Authorization/roleDefinitions@2022-04-01' = {
  name: guid(resourceGroup().id, 'bundle reader, compiled code writer')
  properties: {
    roleName: 'Alga bundle reader and compiled code writer (${name})'
    description: 'Reads blobs; its assignment says where it may create some. Deletes nothing.'
    type: 'CustomRole'
    assignableScopes: [resourceGroup().id]
    permissions: [
      { actions: [], dataActions: ['${blobActions}/read', '${blobActions}/write', '${blobActions}/add/action'] }
    ]
  }
}

resource registryWrites 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: account::blobs::container
  name: guid(account.id, registryPrincipalId, writerRole.id)
  properties: {
    principalId: registryPrincipalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: writerRole.id
  }
}

resource runnerReads 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: account::blobs::container
  name: guid(account.id, runnerPrincipalId, compiledWriterRole.id)
  properties: {
    principalId: runnerPrincipalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: compiledWriterRole.id
    conditionVersion: '2.0'
    // Whoever escapes from a sandbox can at most add compiled code, which no runner loads without this platform's MAC, and marks, which keep some from being collected.
    condition: '((!(ActionMatches{\'${blobActions}/write\'}) AND !(ActionMatches{\'${blobActions}/add/action\'})) OR (@Resource[${blobActions}:path] StringLike \'sha256/*/compiled/*\'))'
  }
}

module endpoint 'privateEndpoint.bicep' = {
  params: {
    name: '${name}-blob'
    location: location
    tags: tags
    subnetId: subnetId
    serviceId: account.id
    groupId: 'blob'
    zoneId: zoneId
  }
}

resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: account::blobs
  name: 'logs'
  properties: {
    workspaceId: workspaceId
    logs: [
      { category: 'StorageWrite', enabled: true }
      { category: 'StorageDelete', enabled: true }
    ]
    metrics: [{ category: 'Transaction', enabled: true }]
  }
}

output endpoint string = account.properties.primaryEndpoints.blob
