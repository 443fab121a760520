// Names of all apps of a container environment, for the network that it is in.
import { tags as tagsType } from '../types.bicep'

param domain string
param address string
param tags tagsType
param networkId string
param linkName string

resource zone 'Microsoft.Network/privateDnsZones@2024-06-01' = {
  name: domain
  location: 'global'
  tags: tags

  resource link 'virtualNetworkLinks' = {
    name: linkName
    location: 'global'
    tags: tags
    properties: { registrationEnabled: false, virtualNetwork: { id: networkId } }
  }

  resource all 'A' = {
    name: '*'
    properties: { ttl: 3600, aRecords: [{ ipv4Address: address }] }
  }
}
