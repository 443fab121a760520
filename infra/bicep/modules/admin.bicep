// The admin app: files and nothing else.
import { tags as tagsType } from '../types.bicep'

param name string
@description('Static sites exist in some regions only.')
param location string
param tags tagsType

resource site 'Microsoft.Web/staticSites@2025-03-01' = {
  name: name
  location: location
  tags: union(tags, { 'azd-service-name': 'admin' })
  sku: { name: 'Standard', tier: 'Standard' }
  properties: {
    allowConfigFileUpdates: true
    stagingEnvironmentPolicy: 'Disabled'
    publicNetworkAccess: 'Enabled'
  }
}

output hostName string = site.properties.defaultHostname
