module "monitoring" {
  source = "../monitoring"
  count  = var.monitoring_enabled ? 1 : 0

  name        = local.name
  environment = var.environment
  kms_key_arn = module.key.arn

  emails = var.alarms.emails
  chat   = var.alarms.chat
  teams  = var.alarms.teams
  budget = var.alarms.monthly_usd == null ? null : { monthly_usd = var.alarms.monthly_usd, tag_key = "stack", tag_value = local.tags.stack }

  queues    = { for name, queue in module.queues.queues : name => { name = queue.name, dead_letter_name = queue.dead_letter_name } }
  functions = { for name, function in module.function : name => { name = function.name } }

  sources = {
    for name, source in var.sources : name => {
      quarantine_percent = try(var.alarms.sources[name].quarantine_percent, 5)
      # A source without a schedule cannot be late.
      hours_between_complete_runs = var.schedule_enabled && source.scheduled ? try(var.alarms.sources[name].hours_between_complete_runs, 26) : null
    }
  }

  schedule = var.schedule_enabled ? { dead_letter_name = module.schedule[0].dead_letter_name } : null

  database = var.external_database != null ? null : {
    instance_id         = module.database[0].instance_id
    cpu_percent         = var.alarms.database.cpu_percent
    free_storage_bytes  = var.database.storage_gigabytes * 1073741824 * var.alarms.database.free_storage_percent / 100
    free_memory_bytes   = var.alarms.database.free_memory_megabytes * 1048576
    maximum_connections = var.alarms.database.connections
  }

  dashboard = var.dashboard_enabled ? {
    load_balancer = module.dashboard[0].load_balancer_metric_name
    target_group  = module.dashboard[0].target_group_metric_name
    slow_seconds  = var.alarms.dashboard_slow_seconds
  } : null

  # By its name, not by reference, since the state machine itself refers to the topic.
  backfill = { state_machine_arn = "arn:${local.partition}:states:${var.region}:${local.account_id}:stateMachine:${local.name}-backfill" }

  notifications = local.notifications_enabled ? {
    topic_arn         = module.notifications[0].topic_arn
    state_machine_arn = module.notifications[0].state_machine_arn
    rule_name         = module.notifications[0].rule_name
  } : null

  queue_age_seconds = var.alarms.queue_age_seconds

  permissions_boundary_arn = local.permissions_boundary_arn
}
