// Alerts on what function apps and Container Apps send to Application Insights themselves, as observability/alerts has them.
import { actionGroup, tags as tagsType } from '../types.bicep'

param prefix string
param location string
param tags tagsType

@description('Log Analytics workspace behind Application Insights.')
param workspaceId string

@description('Action groups that are told; none, and alerts are only to be seen.')
param actionGroups actionGroup[]

var severities = { critical: 1, warning: 2 }
// What an alert means is said once.
var meanings = toObject(
  filter(flatten(map(loadYamlContent('../../../observability/alerts/rules.yaml').groups, group => group.rules)), rule => contains(rule, 'alert')),
  rule => rule.alert
)

resource alerts 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = [
  for rule in loadYamlContent('../../../observability/alerts/insights.yaml').rules: {
    name: '${prefix}-${rule.alert}'
    location: location
    tags: tags
    kind: 'LogAlert'
    properties: {
      displayName: rule.alert
      description: meanings[rule.alert].annotations.runbook
      severity: severities[meanings[rule.alert].labels.severity]
      enabled: true
      scopes: [workspaceId]
      evaluationFrequency: 'PT5M'
      windowSize: rule.window
      criteria: {
        allOf: [
          {
            query: rule.query
            timeAggregation: 'Count'
            operator: 'GreaterThan'
            threshold: 0
            failingPeriods: { numberOfEvaluationPeriods: 1, minFailingPeriodsToAlert: 1 }
          }
        ]
      }
      autoMitigate: true
      // The table is made by the first metric, which comes after the deployment.
      skipQueryValidation: true
      actions: { actionGroups: map(actionGroups, group => group.actionGroupId) }
    }
  }
]
