output "arns" {
  description = "The secrets' ARNs: loader, dashboard, bi, pseudonym_key and sources/<name>. Known only after their values are set."
  value       = { for name, secret in aws_secretsmanager_secret.this : name => secret.arn }
  depends_on = [
    aws_secretsmanager_secret_version.role,
    aws_secretsmanager_secret_version.pseudonym_key,
    aws_secretsmanager_secret_version.source,
  ]
}
