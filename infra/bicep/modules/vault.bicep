// A key vault: roles instead of access policies, no way round the network, nothing lost by a deletion.
import { tags as tagsType } from '../types.bicep'

@maxLength(24)
param name string
param location string
param tags tagsType
param subnetId string
param zoneId string
param workspaceId string

@description('May read secrets.')
param readerPrincipalIds string[]
@description('May read, write and delete secrets.')
param writerPrincipalIds string[] = []
@description('Makes keys, as makerRoleId says.')
param makerPrincipalId string
param makerRoleId string

resource vault 'Microsoft.KeyVault/vaults@2026-02-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    tenantId: tenant().tenantId
    sku: { family: 'A', name: 'standard' }
    enableRbacAuthorization: true
    enableSoftDelete: true
    softDeleteRetentionInDays: 90
    enablePurgeProtection: true
    publicNetworkAccess: 'Disabled'
    networkAcls: { defaultAction: 'Deny', bypass: 'None' }
  }
}

var secretsUser = subscriptionResourceId(
  'Microsoft.Authorization/roleDefinitions',
  '4633458b-17de-408a-b874-0445c86b69e6'
)
var secretsOfficer = subscriptionResourceId(
  'Microsoft.Authorization/roleDefinitions',
  'b86a8fe4-44ce-4948-aee5-eccb2c155cd7'
)

resource readers 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for principalId in readerPrincipalIds: {
    scope: vault
    name: guid(vault.id, principalId, secretsUser)
    properties: { principalId: principalId, principalType: 'ServicePrincipal', roleDefinitionId: secretsUser }
  }
]

resource writers 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for principalId in writerPrincipalIds: {
    scope: vault
    name: guid(vault.id, principalId, secretsOfficer)
    properties: { principalId: principalId, principalType: 'ServicePrincipal', roleDefinitionId: secretsOfficer }
  }
]

resource maker 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: vault
  name: guid(vault.id, makerPrincipalId, makerRoleId)
  properties: { principalId: makerPrincipalId, principalType: 'ServicePrincipal', roleDefinitionId: makerRoleId }
}

module endpoint 'privateEndpoint.bicep' = {
  name: '${name}-endpoint'
  params: {
    name: '${name}-vault'
    location: location
    tags: tags
    subnetId: subnetId
    serviceId: vault.id
    groupId: 'vault'
    zoneId: zoneId
  }
}

resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: vault
  name: 'audit'
  properties: {
    workspaceId: workspaceId
    logs: [{ category: 'AuditEvent', enabled: true }]
  }
}

output url string = vault.properties.vaultUri
