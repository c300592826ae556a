module "schedule" {
  source = "../schedule"
  count  = var.schedule_enabled ? 1 : 0

  name       = local.name
  sources    = { for name, source in var.sources : name => { zone = source.zone, cron = source.cron } if source.scheduled }
  queue      = module.queues.queues["extract-requests"]
  account_id = local.account_id
  key_arn    = module.key.arn
  region     = var.region

  permissions_boundary_arn = local.permissions_boundary_arn
}
