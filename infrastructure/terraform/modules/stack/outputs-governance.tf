output "catalog" {
  description = "The Glue database, its tables with their classification, and the bucket of the access trail. Null without a catalog."
  value = one([
    for governance in module.governance : {
      database     = governance.database_name
      tables       = governance.tables
      trail_bucket = governance.trail_bucket_name
    }
  ])
}
