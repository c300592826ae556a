output "bucket_name" {
  description = "The data bucket."
  value       = module.storage.bucket_name
}

output "key_arn" {
  description = "The key that everything is encrypted with."
  value       = module.key.arn
}

output "queues" {
  description = "The queues by name, each with its dead letters."
  value       = module.queues.queues
}

output "functions" {
  description = "The functions by name: their names, and the versions that the apply published."
  value       = { for name, function in module.function : name => { name = function.name, alias_arn = function.alias_arn, version = function.version } }
}

output "migration" {
  description = "The reply of migrate: the schema's version, and the number of migrations that were applied."
  value       = jsondecode(aws_lambda_invocation.migrate.result)
}

output "database" {
  description = "The address of the warehouse, and the secret with its owner's password."
  value       = local.database
}

output "secret_arns" {
  description = "The secrets by name: loader, dashboard, bi, pseudonym_key and sources/<name>."
  value       = local.secret_arns
}
