output "topic_arn" {
  description = "Topic of the notifications of runs, with the message attributes run_id, source and status."
  value       = aws_sns_topic.this.arn
}

output "state_machine_arn" {
  description = "ARN of the state machine, for `aws stepfunctions start-execution`."
  value       = local.state_machine_arn
}

output "rule_name" {
  description = "The rule that starts the state machine."
  value       = local.name
}
