output "endpoint" {
  description = "The server's host name."
  value       = aws_db_instance.this.address
}

output "port" {
  description = "The server's port."
  value       = aws_db_instance.this.port
}

output "name" {
  description = "The database's name."
  value       = aws_db_instance.this.db_name
}

output "master_secret_arn" {
  description = "The secret with name and password of the owner; RDS rotates it."
  value       = aws_db_instance.this.master_user_secret[0].secret_arn
}

output "instance_id" {
  description = "The instance's identifier, which is the dimension of its metrics."
  value       = aws_db_instance.this.identifier
}

output "deletion_protection" {
  description = "Whether the instance is protected from deletion."
  value       = aws_db_instance.this.deletion_protection
}

output "multi_az" {
  description = "Whether there is a standby."
  value       = aws_db_instance.this.multi_az
}

output "backup_retention_days" {
  description = "How far back the database can be restored."
  value       = aws_db_instance.this.backup_retention_period
}
