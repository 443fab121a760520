// Recording and alert rules, as observability/alerts has them and tests run them.
import { actionGroup, tags as tagsType } from '../types.bicep'

param prefix string
param location string
param tags tagsType

@description('Azure Monitor workspace that has the metrics.')
param metricsId string

@description('Action groups that are told; none, and alerts are only to be seen.')
param actionGroups actionGroup[]

var severities = { critical: 1, warning: 2 }
var rules = loadYamlContent('../../../observability/alerts/rules.yaml')

resource groups 'Microsoft.AlertsManagement/prometheusRuleGroups@2023-03-01' = [
  for group in rules.groups: {
    name: '${prefix}-${group.name}'
    location: location
    tags: tags
    properties: {
      enabled: true
      scopes: [metricsId]
      interval: 'PT${toUpper(group.interval)}'
      rules: map(
        group.rules,
        rule =>
          contains(rule, 'record')
            ? { record: rule.record, expression: rule.expr, enabled: true }
            : {
                alert: rule.alert
                expression: rule.expr
                for: 'PT${toUpper(rule.?for ?? '0m')}'
                severity: severities[rule.labels.severity]
                labels: rule.labels
                annotations: rule.annotations
                actions: actionGroups
                resolveConfiguration: { autoResolved: true, timeToResolve: 'PT5M' }
                enabled: true
              }
      )
    }
  }
]
