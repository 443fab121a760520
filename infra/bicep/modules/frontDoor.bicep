// One door for the world, with two hosts that share no site: the platform's own, and that of the extensions' pages.
import { frontDoorDomains, tags as tagsType } from '../types.bicep'

param profileName string
param tags tagsType
param domains frontDoorDomains
param location string
@description('Host names of the function apps.')
param registryHost string
param gatewayHost string
@description('Container environment and host of the runner, which serves the extensions\' pages.')
param runnerEnvironmentId string
param runnerHost string

resource profile 'Microsoft.Cdn/profiles@2025-12-01' existing = {
  name: profileName
}

resource firewall 'Microsoft.Network/frontDoorWebApplicationFirewallPolicies@2025-10-01' = {
  name: '${replace(profileName, '-', '')}waf'
  location: 'global'
  tags: tags
  sku: { name: 'Premium_AzureFrontDoor' }
  properties: {
    policySettings: { enabledState: 'Enabled', mode: 'Prevention', requestBodyCheck: 'Enabled' }
    managedRules: {
      managedRuleSets: [{ ruleSetType: 'Microsoft_BotManagerRuleSet', ruleSetVersion: '1.1' }]
    }
    customRules: {
      rules: [
        {
          name: 'PerAddress'
          ruleType: 'RateLimitRule'
          priority: 100
          rateLimitDurationInMinutes: 1
          rateLimitThreshold: 6000
          action: 'Block'
          matchConditions: [{ matchVariable: 'RemoteAddr', operator: 'IPMatch', matchValue: ['0.0.0.0/0', '::/0'] }]
        }
      ]
    }
  }
}

var services = [
  { name: 'registry', host: registryHost, paths: ['/api/registry/*', '/api/tenant/*'], probe: '/api/health' }
  { name: 'gateway', host: gatewayHost, paths: ['/api/ext/*', '/api/ext-token/*', '/api/ext-tail/*', '/api/host/*'], probe: '/api/health' }
]

resource apiEndpoint 'Microsoft.Cdn/profiles/afdEndpoints@2025-12-01' = {
  parent: profile
  name: 'api'
  location: 'global'
  tags: tags
  properties: { enabledState: 'Enabled' }
}

resource uiEndpoint 'Microsoft.Cdn/profiles/afdEndpoints@2025-12-01' = {
  parent: profile
  name: 'extension-ui'
  location: 'global'
  tags: tags
  properties: { enabledState: 'Enabled' }
}

resource apiDomain 'Microsoft.Cdn/profiles/customDomains@2025-12-01' = {
  parent: profile
  name: 'api'
  properties: {
    hostName: domains.api
    tlsSettings: { certificateType: 'ManagedCertificate', minimumTlsVersion: 'TLS12' }
  }
}

resource uiDomain 'Microsoft.Cdn/profiles/customDomains@2025-12-01' = {
  parent: profile
  name: 'extension-ui'
  properties: {
    hostName: domains.extensionUi
    tlsSettings: { certificateType: 'ManagedCertificate', minimumTlsVersion: 'TLS12' }
  }
}

resource groups 'Microsoft.Cdn/profiles/originGroups@2025-12-01' = [
  for service in services: {
    parent: profile
    name: service.name
    properties: {
      loadBalancingSettings: { sampleSize: 4, successfulSamplesRequired: 3, additionalLatencyInMilliseconds: 50 }
      healthProbeSettings: {
        probePath: service.probe
        probeProtocol: 'Https'
        probeRequestType: 'GET'
        probeIntervalInSeconds: 30
      }
      sessionAffinityState: 'Disabled'
    }
  }
]

resource origins 'Microsoft.Cdn/profiles/originGroups/origins@2025-12-01' = [
  for (service, index) in services: {
    parent: groups[index]
    name: service.name
    properties: {
      hostName: service.host
      originHostHeader: service.host
      httpsPort: 443
      enforceCertificateNameCheck: true
      enabledState: 'Enabled'
    }
  }
]

resource uiGroup 'Microsoft.Cdn/profiles/originGroups@2025-12-01' = {
  parent: profile
  name: 'extension-ui'
  properties: {
    loadBalancingSettings: { sampleSize: 4, successfulSamplesRequired: 3, additionalLatencyInMilliseconds: 50 }
    healthProbeSettings: {
      probePath: '/readyz'
      probeProtocol: 'Https'
      probeRequestType: 'GET'
      probeIntervalInSeconds: 30
    }
    sessionAffinityState: 'Disabled'
  }

  resource runner 'origins' = {
    name: 'runner'
    properties: {
      hostName: runnerHost
      originHostHeader: runnerHost
      httpsPort: 443
      enforceCertificateNameCheck: true
      enabledState: 'Enabled'
      // The runner has no public address: somebody approves this connection once.
      sharedPrivateLinkResource: {
        privateLink: { id: runnerEnvironmentId }
        groupId: 'managedEnvironments'
        privateLinkLocation: location
        requestMessage: 'Pages of extensions'
      }
    }
  }
}

resource apiRoutes 'Microsoft.Cdn/profiles/afdEndpoints/routes@2025-12-01' = [
  for (service, index) in services: {
    parent: apiEndpoint
    name: service.name
    properties: {
      customDomains: [{ id: apiDomain.id }]
      originGroup: { id: groups[index].id }
      patternsToMatch: service.paths
      supportedProtocols: ['Https']
      forwardingProtocol: 'HttpsOnly'
      httpsRedirect: 'Disabled'
      linkToDefaultDomain: 'Disabled'
      enabledState: 'Enabled'
    }
    dependsOn: [origins[index]]
  }
]

resource uiRoute 'Microsoft.Cdn/profiles/afdEndpoints/routes@2025-12-01' = {
  parent: uiEndpoint
  name: 'pages'
  properties: {
    customDomains: [{ id: uiDomain.id }]
    originGroup: { id: uiGroup.id }
    // Pages only: the way to run an extension is not among them.
    patternsToMatch: ['/ext-ui/*']
    supportedProtocols: ['Https']
    forwardingProtocol: 'HttpsOnly'
    httpsRedirect: 'Disabled'
    linkToDefaultDomain: 'Disabled'
    enabledState: 'Enabled'
  }
  dependsOn: [uiGroup::runner]
}

resource protection 'Microsoft.Cdn/profiles/securityPolicies@2025-12-01' = {
  parent: profile
  name: 'firewall'
  properties: {
    parameters: {
      type: 'WebApplicationFirewall'
      wafPolicy: { id: firewall.id }
      associations: [{ domains: [{ id: apiDomain.id }, { id: uiDomain.id }], patternsToMatch: ['/*'] }]
    }
  }
}
