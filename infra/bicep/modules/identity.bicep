// One component's managed identity; with a cluster, its service account may use it.
import { identity as identityType, tags as tagsType } from '../types.bicep'

@description('Name of the identity, and of the login in PostgreSQL.')
@maxLength(63)
param name string
param location string
param tags tagsType

@description('Issuer of a cluster\'s tokens; empty for none.')
param oidcIssuer string = ''
@description('Namespace and name of the service account, such as alga-extensions:alga-runner.')
param serviceAccount string = ''

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' = {
  name: name
  location: location
  tags: tags

  resource federation 'federatedIdentityCredentials' = if (!empty(oidcIssuer)) {
    name: 'cluster'
    properties: {
      issuer: oidcIssuer
      subject: 'system:serviceaccount:${serviceAccount}'
      audiences: ['api://AzureADTokenExchange']
    }
  }
}

output identity identityType = {
  id: identity.id
  name: identity.name
  clientId: identity.properties.clientId
  principalId: identity.properties.principalId
}
