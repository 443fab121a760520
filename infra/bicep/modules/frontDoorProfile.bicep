// The profile alone: function apps are told its id before it is told their names.
import { tags as tagsType } from '../types.bicep'

param name string
param tags tagsType

resource profile 'Microsoft.Cdn/profiles@2025-12-01' = {
  name: name
  location: 'global'
  tags: tags
  sku: { name: 'Premium_AzureFrontDoor' }
  properties: {
    // Longer than any extension may run.
    originResponseTimeoutSeconds: 120
  }
}

output frontDoorId string = profile.properties.frontDoorId
