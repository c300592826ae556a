locals {
  notifications_enabled = var.notifications.runs != "none"
}

module "notifications" {
  source = "../notifications"
  count  = local.notifications_enabled ? 1 : 0

  name        = local.name
  environment = var.environment
  bucket_name = module.storage.bucket_name
  bucket_arn  = module.storage.bucket_arn
  emails      = var.notifications.emails

  key_arn    = module.key.arn
  account_id = local.account_id
  partition  = local.partition
  region     = var.region

  permissions_boundary_arn = local.permissions_boundary_arn
}
