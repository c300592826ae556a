output "topic_arn" {
  description = "Topic of the alarms; to publish to it, a role also needs kms:GenerateDataKey and kms:Decrypt on its key."
  value       = aws_sns_topic.alarms.arn
}

output "alarm_names" {
  description = "All alarms, without the prefix of the environment, as the runbook heads them."
  value       = sort(concat(keys(local.alarms), var.budget == null ? [] : ["cost-budget"]))
}

output "dashboard_name" {
  description = "Name of the CloudWatch dashboard."
  value       = aws_cloudwatch_dashboard.pipeline.dashboard_name
}
