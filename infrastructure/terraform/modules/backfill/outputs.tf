output "state_machine_arn" {
  description = "The state machine: what `aws stepfunctions start-execution` is given."
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
  description = "What its role may do, as JSON."
  value       = aws_iam_role_policy.this.policy
}

output "log_group_name" {
  description = "Where it logs."
  value       = aws_cloudwatch_log_group.this.name
}
