output "alarm_topic_arn" {
  description = "The topic of the alarms; null without monitoring."
  value       = one(module.monitoring[*].topic_arn)
}

output "alarm_names" {
  description = "The alarms as the runbook heads them; their names begin with shopflow-<environment>-."
  value       = flatten(module.monitoring[*].alarm_names)
}
