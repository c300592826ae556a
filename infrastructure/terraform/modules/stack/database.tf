module "database" {
  source = "../database"
  count  = var.external_database == null ? 1 : 0

  name               = local.name
  key_arn            = module.key.arn
  subnet_ids         = module.network[0].private_subnet_ids
  security_group_ids = [module.network[0].database_security_group_id]

  instance_class         = var.database.instance_class
  storage_gigabytes      = var.database.storage_gigabytes
  max_storage_gigabytes  = var.database.max_storage_gigabytes
  multi_az               = var.database.multi_az
  backup_retention_days  = var.database.backup_retention_days
  deletion_protection    = var.deletion_protection
  enhanced_monitoring    = var.database.enhanced_monitoring
  performance_insights   = var.database.performance_insights
  maintenance_window     = var.database.maintenance_window
  backup_window          = var.database.backup_window
  log_retention_in_days  = var.log_retention_in_days
  restore_from_snapshot  = var.database.restore_from_snapshot
  apply_changes_directly = var.database.apply_changes_directly

  permissions_boundary_arn = local.permissions_boundary_arn
}

locals {
  # The stack's own database, or the external one.
  database = var.external_database == null ? {
    host              = module.database[0].endpoint
    port              = module.database[0].port
    name              = module.database[0].name
    master_secret_arn = module.database[0].master_secret_arn
    jdbc_url          = "jdbc:postgresql://${module.database[0].endpoint}:${module.database[0].port}/${module.database[0].name}?sslmode=require"
    } : {
    host              = var.external_database.host
    port              = var.external_database.port
    name              = var.external_database.name
    master_secret_arn = var.external_database.master_secret_arn
    jdbc_url          = "jdbc:postgresql://${var.external_database.host}:${var.external_database.port}/${var.external_database.name}?sslmode=${var.external_database.sslmode}"
  }
}
