// The door to one service from inside the network.
import { tags as tagsType } from '../types.bicep'

param name string
param location string
param tags tagsType
param subnetId string
@description('Resource id of the service.')
param serviceId string
@description('Which part of the service, such as blob or vault.')
param groupId string
@description('Private DNS zone that gets the address.')
param zoneId string

resource endpoint 'Microsoft.Network/privateEndpoints@2025-09-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    subnet: { id: subnetId }
    customNetworkInterfaceName: '${name}-nic'
    privateLinkServiceConnections: [
      {
        name: groupId
        properties: {
          privateLinkServiceId: serviceId
          groupIds: [groupId]
        }
      }
    ]
  }

  resource zoneGroup 'privateDnsZoneGroups' = {
    name: 'default'
    properties: {
      privateDnsZoneConfigs: [{ name: groupId, properties: { privateDnsZoneId: zoneId } }]
    }
  }
}
