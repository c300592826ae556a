output "state_machine_arn" {
  description = "ARN of the state machine, for `aws stepfunctions start-execution`."
  value       = aws_sfn_state_machine.this.arn
}

output "state_machine_name" {
  description = "Its name."
  value       = aws_sfn_state_machine.this.name
}

output "role_name" {
  description = "The name of its role."
  value       = aws_iam_role.this.name
}

output "policy" {
  description = "The policy of its role, as JSON."
  value       = aws_iam_role_policy.this.policy
}

output "log_group_name" {
  description = "Its log group."
  value       = aws_cloudwatch_log_group.this.name
}
