// Logs, traces and metrics: where they go, and how long they stay.
import { monitoring as monitoringType, tags as tagsType } from '../types.bicep'

param logsName string
param insightsName string
param metricsName string
param location string
param tags tagsType

@description('Days that logs are kept.')
@minValue(30)
@maxValue(730)
param retentionDays int

@description('GB of logs a day; then the rest of the day is lost, and the bill is not. -1 for no limit.')
param dailyQuotaGb int

resource logs 'Microsoft.OperationalInsights/workspaces@2025-07-01' = {
  name: logsName
  location: location
  tags: tags
  properties: {
    sku: { name: 'PerGB2018' }
    retentionInDays: retentionDays
    features: {
      // Readers use their own identity, writers theirs.
      disableLocalAuth: true
      enableLogAccessUsingOnlyResourcePermissions: true
    }
    workspaceCapping: { dailyQuotaGb: dailyQuotaGb }
  }
}

resource insights 'Microsoft.Insights/components@2020-02-02' = {
  name: insightsName
  location: location
  tags: tags
  kind: 'web'
  properties: {
    Application_Type: 'web'
    WorkspaceResourceId: logs.id
    DisableLocalAuth: true
    IngestionMode: 'LogAnalytics'
  }
}

resource metrics 'Microsoft.Monitor/accounts@2025-10-03' = {
  name: metricsName
  location: location
  tags: tags
  properties: {}
}

output monitoring monitoringType = {
  workspaceId: logs.id
  insightsName: insights.name
}
output metricsId string = metrics.id
output metricsQueryEndpoint string = metrics.properties.metrics.prometheusQueryEndpoint
