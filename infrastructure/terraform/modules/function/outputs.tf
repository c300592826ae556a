output "name" {
  description = "The function's name."
  value       = aws_lambda_function.this.function_name
}

output "arn" {
  description = "The function's ARN, without a version."
  value       = aws_lambda_function.this.arn
}

output "version" {
  description = "The version published last, which is not live before ready_when is known."
  value       = aws_lambda_function.this.version
}

output "alias_arn" {
  description = "The ARN of the alias `live`, which is the one to call."
  value       = aws_lambda_alias.live.arn
}

output "role_name" {
  description = "The name of the function's role."
  value       = aws_iam_role.this.name
}

output "log_group_name" {
  description = "The function's log group."
  value       = aws_cloudwatch_log_group.this.name
}

output "package_sha256" {
  description = "SHA-256 of the zip, in Base64."
  value       = aws_lambda_function.this.source_code_hash
}

output "snap_start" {
  description = "Whether versions start from a snapshot."
  value       = length(aws_lambda_function.this.snap_start) > 0
}
