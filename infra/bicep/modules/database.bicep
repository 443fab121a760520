// PostgreSQL: private, over TLS, with Entra identities and no password at all.
import { databaseSize, tags as tagsType } from '../types.bicep'

param name string
param location string
param tags tagsType
param size databaseSize
param subnetId string
param zoneId string
param workspaceId string

@description('Applies migrations and makes the logins of the others.')
param administrator { name: string, principalId: string }

@description('Name of the one database.')
param databaseName string = 'alga'

resource server 'Microsoft.DBforPostgreSQL/flexibleServers@2025-08-01' = {
  name: name
  location: location
  tags: tags
  sku: { name: size.sku, tier: size.tier }
  properties: {
    version: '17'
    createMode: 'Default'
    authConfig: {
      activeDirectoryAuth: 'Enabled'
      passwordAuth: 'Disabled'
      tenantId: tenant().tenantId
    }
    network: {
      delegatedSubnetResourceId: subnetId
      privateDnsZoneArmResourceId: zoneId
      publicNetworkAccess: 'Disabled'
    }
    storage: { storageSizeGB: size.storageGB, autoGrow: 'Enabled' }
    backup: {
      backupRetentionDays: size.backupDays
      geoRedundantBackup: size.geoRedundantBackup ? 'Enabled' : 'Disabled'
    }
    highAvailability: { mode: size.highAvailability ? 'ZoneRedundant' : 'Disabled' }
    maintenanceWindow: { customWindow: 'Enabled', dayOfWeek: 0, startHour: 3, startMinute: 0 }
  }

  resource database 'databases' = {
    name: databaseName
    properties: { charset: 'UTF8' }
  }

  resource entraAdministrator 'administrators' = {
    name: administrator.principalId
    properties: {
      principalName: administrator.name
      principalType: 'ServicePrincipal'
      tenantId: tenant().tenantId
    }
  }

  // The server takes one change at a time, so each waits for the one before.
  resource secureTransport 'configurations' = {
    name: 'require_secure_transport'
    properties: { value: 'on', source: 'user-override' }
    dependsOn: [entraAdministrator, database]
  }

  resource tls 'configurations' = {
    name: 'ssl_min_protocol_version'
    properties: { value: 'TLSv1.2', source: 'user-override' }
    dependsOn: [secureTransport]
  }

  // Sessions that a crashed client left in a transaction hold locks and rows that vacuum needs.
  resource idle 'configurations' = {
    name: 'idle_in_transaction_session_timeout'
    properties: { value: '60000', source: 'user-override' }
    dependsOn: [tls]
  }
}

resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: server
  name: 'logs'
  properties: {
    workspaceId: workspaceId
    logs: [{ category: 'PostgreSQLLogs', enabled: true }]
    metrics: [{ category: 'AllMetrics', enabled: true }]
  }
}

output host string = server.properties.fullyQualifiedDomainName
output databaseName string = databaseName
