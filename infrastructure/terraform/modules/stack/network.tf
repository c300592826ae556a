module "network" {
  source = "../network"
  count  = var.network.create ? 1 : 0

  name               = local.name
  region             = var.region
  cidr_block         = var.network.cidr_block
  availability_zones = var.network.availability_zones
  account_id         = local.account_id
  bucket_arn         = module.storage.bucket_arn
  key_arn            = module.key.arn

  public_subnets = var.dashboard_enabled
  nat_gateway    = var.dashboard_enabled && try(var.dashboard.verify_sign_in, false)
  # The dashboard's container is pulled, and logs, through endpoints too; functions log outside the network.
  interface_endpoints = concat(["secretsmanager"], var.dashboard_enabled ? ["ecr.api", "ecr.dkr", "logs"] : [])

  flow_logs             = var.network.flow_logs
  log_retention_in_days = var.log_retention_in_days

  permissions_boundary_arn = local.permissions_boundary_arn
}

locals {
  function_network = var.network.create ? {
    subnet_ids         = module.network[0].private_subnet_ids
    security_group_ids = [module.network[0].function_security_group_id]
  } : null
}
