output "database_name" {
  description = "The catalog's database, for Athena and others."
  value       = aws_glue_catalog_database.lake.name
}

output "tables" {
  description = "The tables, each with its classification: pii, pseudonymised or public."
  value       = { for name, table in local.tables : name => table.classification }
}

output "trail_bucket_name" {
  description = "Bucket of the records of who read raw rows; null without a trail."
  value       = one(aws_s3_bucket.trail[*].id)
}
