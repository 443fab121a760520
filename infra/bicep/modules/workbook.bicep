// The platform at a glance; the same queries as the dashboard "overview" of observability/dashboards.
import { tags as tagsType } from '../types.bicep'

param location string
param tags tagsType

@description('Azure Monitor workspace that has the metrics.')
param metricsId string

resource workbook 'Microsoft.Insights/workbooks@2023-06-01' = {
  name: guid(resourceGroup().id, 'alga-overview')
  location: location
  tags: tags
  kind: 'shared'
  properties: {
    displayName: 'Alga Extensions'
    category: 'workbook'
    sourceId: metricsId
    serializedData: replace(loadTextContent('../../../observability/dashboards/workbook.json'), '__METRICS_ID__', metricsId)
  }
}
