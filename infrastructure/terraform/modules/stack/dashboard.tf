locals {
  # The functions' architecture, unless another is set.
  dashboard_architecture = coalesce(try(var.dashboard.architecture, null), var.architecture)
}

module "dashboard" {
  source = "../dashboard"
  count  = var.dashboard_enabled ? 1 : 0

  name        = local.name
  environment = var.environment
  kms_key_arn = module.key.arn

  vpc_id                     = module.network[0].vpc_id
  public_subnet_ids          = module.network[0].public_subnet_ids
  private_subnet_ids         = module.network[0].private_subnet_ids
  endpoint_security_group_id = module.network[0].endpoint_security_group_id
  database_security_group_id = module.network[0].database_security_group_id
  s3_prefix_list_id          = module.network[0].s3_prefix_list_id

  database_port       = local.database.port
  database_jdbc_url   = local.database.jdbc_url
  database_secret_arn = local.secret_arns["dashboard"]

  domain_name           = var.dashboard.domain_name
  hosted_zone_id        = var.dashboard.hosted_zone_id
  certificate_arn       = var.dashboard.certificate_arn
  cognito_domain_prefix = var.dashboard.cognito_domain_prefix
  allowed_cidrs         = var.dashboard.allowed_cidrs
  multi_factor          = var.dashboard.multi_factor
  session_hours         = var.dashboard.session_hours
  verify_sign_in        = var.dashboard.verify_sign_in

  image_digest = var.image_digest
  ready_when   = local.migrated
  architecture = upper(local.dashboard_architecture)
  cpu          = var.dashboard.cpu
  memory_mb    = var.dashboard.memory_megabytes
  tasks        = var.dashboard.tasks
  autoscaling  = var.dashboard.autoscaling
  settings     = var.dashboard.settings

  web_firewall        = var.dashboard.web_firewall
  access_log_days     = var.dashboard.access_log_days
  log_retention_days  = var.log_retention_in_days
  deletion_protection = var.deletion_protection

  permissions_boundary_arn = local.permissions_boundary_arn
}
