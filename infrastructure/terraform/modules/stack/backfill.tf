module "backfill" {
  source = "../backfill"
  count  = var.backfill_enabled ? 1 : 0

  name              = local.name
  function          = { alias_arn = module.function["backfill"].alias_arn, timeout_seconds = local.sizes.backfill.timeout_seconds }
  queue             = { arn = module.queues.queues["extract-requests"].arn, url = module.queues.queues["extract-requests"].url }
  topic_arn         = var.monitoring_enabled ? module.monitoring[0].topic_arn : aws_sns_topic.backfills[0].arn
  windows_at_a_time = var.backfill_windows_at_a_time

  log_retention_in_days = var.log_retention_in_days
  key_arn               = module.key.arn
  account_id            = local.account_id
  partition             = local.partition
  region                = var.region

  permissions_boundary_arn = local.permissions_boundary_arn
}

# Without alarms there is no topic of theirs, but results of backfills may still be wanted.
resource "aws_sns_topic" "backfills" {
  count = var.backfill_enabled && !var.monitoring_enabled ? 1 : 0

  name              = "${local.name}-backfills"
  display_name      = "ShopFlow ${var.environment}"
  kms_master_key_id = module.key.arn
}
