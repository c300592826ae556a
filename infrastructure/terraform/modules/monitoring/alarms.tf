# Each alarm by its name without prefix, which is its heading in docs/how-to/runbook.md. An alarm looks at one metric, or at
# an expression over several. Only what metrics.json lists can be named, with the dimensions that it lists: for the namespace
# ShopFlow, these are the metrics that the functions write (a test in infrastructure/checks compares them).

locals {
  metrics = jsondecode(file("${path.module}/metrics.json"))

  # "namespace name dimension,dimension" of all that can be named.
  known_metrics = toset(flatten([
    for namespace, metrics in local.metrics : [
      for name, metric in metrics : [for set in metric.dimensions : "${namespace} ${name} ${join(",", sort(set))}"]
    ]
  ]))

  alarm_defaults = {
    expression          = null
    anomaly             = false
    comparison          = "GreaterThanOrEqualToThreshold"
    threshold           = null
    period              = 300
    periods             = 1
    breaching_periods   = null
    missing_data        = "notBreaching"
    evaluate_low_counts = null
  }

  queue_alarms = merge(
    {
      for queue, it in var.queues : "dead-letters-${queue}" => {
        description = "Messages of ${queue} failed repeatedly and are in ${it.dead_letter_name}."
        metrics     = { m = { namespace = "AWS/SQS", name = "ApproximateNumberOfMessagesVisible", dimensions = { QueueName = it.dead_letter_name }, stat = "Maximum" } }
        threshold   = 1
        period      = 60
      }
    },
    {
      for queue, it in var.queues : "queue-age-${queue}" => {
        description = "The oldest message of ${queue} has waited ${var.queue_age_seconds} seconds or longer."
        metrics     = { m = { namespace = "AWS/SQS", name = "ApproximateAgeOfOldestMessage", dimensions = { QueueName = it.name }, stat = "Maximum" } }
        threshold   = var.queue_age_seconds
      }
    },
    merge([
      for it in var.schedule[*] : {
        schedule-dead-letters = {
          description = "The schedule could not request a run: its requests are in ${it.dead_letter_name}."
          metrics     = { m = { namespace = "AWS/SQS", name = "ApproximateNumberOfMessagesVisible", dimensions = { QueueName = it.dead_letter_name }, stat = "Maximum" } }
          threshold   = 1
          period      = 60
        }
      }
    ]...),
  )

  function_alarms = merge(
    {
      for function, it in var.functions : "function-errors-${function}" => {
        description = "Invocations of ${function} ended with an error, ran out of time or out of memory."
        metrics     = { m = { namespace = "AWS/Lambda", name = "Errors", dimensions = { FunctionName = it.name }, stat = "Sum" } }
        threshold   = 1
      }
    },
    {
      for function, it in var.functions : "function-throttles-${function}" => {
        description = "Lambda refused invocations of ${function} for a quarter of an hour: the account's or the function's concurrency is used up."
        metrics     = { m = { namespace = "AWS/Lambda", name = "Throttles", dimensions = { FunctionName = it.name }, stat = "Sum" } }
        threshold   = 1
        periods     = 3
      }
    },
  )

  source_dimensions = { for source in keys(var.sources) : source => { Environment = var.environment, Source = source } }

  source_alarms = merge(
    {
      for source, it in var.sources : "run-incomplete-${source}" => {
        description = "A run of ${source} was closed incomplete: its ledger does not balance, or its source was not read to the end."
        metrics     = { m = { namespace = "ShopFlow", name = "RunsIncomplete", dimensions = local.source_dimensions[source], stat = "Sum" } }
        threshold   = 1
      }
    },
    {
      # An incomplete run writes 0, and no run writes nothing: in both cases there is no complete run.
      for source, it in var.sources : "no-complete-run-${source}" => {
        description  = "${source} has had no complete run for ${it.hours_between_complete_runs} hours."
        metrics      = { m = { namespace = "ShopFlow", name = "RunsComplete", dimensions = local.source_dimensions[source], stat = "Sum" } }
        comparison   = "LessThanThreshold"
        threshold    = 1
        period       = 3600
        periods      = it.hours_between_complete_runs
        missing_data = "breaching"
      } if it.hours_between_complete_runs != null
    },
    {
      for source, it in var.sources : "source-unavailable-${source}" => {
        description = "${source} was unavailable, rejected requests or returned invalid responses after all retries of a run."
        metrics     = { m = { namespace = "ShopFlow", name = "SourceUnavailable", dimensions = local.source_dimensions[source], stat = "Sum" } }
        threshold   = 1
      }
    },
    {
      for source, it in var.sources : "quality-${source}" => {
        description = "More than ${it.quarantine_percent} % of the rows of ${source} within an hour were rejected."
        metrics = {
          quarantined = { namespace = "ShopFlow", name = "RowsQuarantined", dimensions = local.source_dimensions[source], stat = "Sum" }
          transformed = { namespace = "ShopFlow", name = "RowsTransformed", dimensions = local.source_dimensions[source], stat = "Sum" }
        }
        expression = "IF(transformed > 0, 100 * quarantined / transformed, 0)"
        comparison = "GreaterThanThreshold"
        threshold  = it.quarantine_percent
        period     = 3600
      }
    },
    {
      for source, it in var.sources : "slow-runs-${source}" => {
        description = "A run of ${source} took much longer than those of the last weeks."
        metrics     = { m = { namespace = "ShopFlow", name = "RunDuration", dimensions = local.source_dimensions[source], stat = "Maximum" } }
        expression  = "ANOMALY_DETECTION_BAND(m, ${var.anomaly_width})"
        anomaly     = true
        comparison  = "GreaterThanUpperThreshold"
        period      = 3600
      }
    },
  )

  database_alarms = merge([
    for it in var.database[*] : {
      database-cpu = {
        description = "The database's processors were busy at ${it.cpu_percent} % or more for half an hour."
        metrics     = { m = { namespace = "AWS/RDS", name = "CPUUtilization", dimensions = { DBInstanceIdentifier = it.instance_id }, stat = "Average" } }
        threshold   = it.cpu_percent
        periods     = 6
      }
      database-storage = {
        description = "The database has less than ${floor(it.free_storage_bytes / 1048576)} MiB of storage left."
        metrics     = { m = { namespace = "AWS/RDS", name = "FreeStorageSpace", dimensions = { DBInstanceIdentifier = it.instance_id }, stat = "Minimum" } }
        comparison  = "LessThanThreshold"
        threshold   = it.free_storage_bytes
      }
      database-connections = {
        description = "The database has ${it.maximum_connections} connections or more."
        metrics     = { m = { namespace = "AWS/RDS", name = "DatabaseConnections", dimensions = { DBInstanceIdentifier = it.instance_id }, stat = "Maximum" } }
        threshold   = it.maximum_connections
        periods     = 3
      }
      database-memory = {
        description = "The database has had less than ${floor(it.free_memory_bytes / 1048576)} MiB of memory left for a quarter of an hour."
        metrics     = { m = { namespace = "AWS/RDS", name = "FreeableMemory", dimensions = { DBInstanceIdentifier = it.instance_id }, stat = "Average" } }
        comparison  = "LessThanThreshold"
        threshold   = it.free_memory_bytes
        periods     = 3
      }
    }
  ]...)

  dashboard_alarms = merge([
    for it in var.dashboard[*] : {
      # Without any target there is no data.
      dashboard-unhealthy = {
        description  = "No container of the dashboard answers its health check."
        metrics      = { m = { namespace = "AWS/ApplicationELB", name = "HealthyHostCount", dimensions = { LoadBalancer = it.load_balancer, TargetGroup = it.target_group }, stat = "Maximum" } }
        comparison   = "LessThanThreshold"
        threshold    = 1
        period       = 60
        periods      = 3
        missing_data = "breaching"
      }
      dashboard-errors = {
        description = "Five pages or more in five minutes were answered with an error, as they are while the database is unavailable."
        metrics = {
          pages    = { namespace = "AWS/ApplicationELB", name = "HTTPCode_Target_5XX_Count", dimensions = { LoadBalancer = it.load_balancer, TargetGroup = it.target_group }, stat = "Sum" }
          balancer = { namespace = "AWS/ApplicationELB", name = "HTTPCode_ELB_5XX_Count", dimensions = { LoadBalancer = it.load_balancer }, stat = "Sum" }
        }
        # Each metric is missing, not zero, while there is nothing to count.
        expression = "FILL(pages, 0) + FILL(balancer, 0)"
        threshold  = 5
      }
      dashboard-slow = {
        description         = "One page in a hundred took longer than ${it.slow_seconds} seconds for a quarter of an hour."
        metrics             = { m = { namespace = "AWS/ApplicationELB", name = "TargetResponseTime", dimensions = { LoadBalancer = it.load_balancer, TargetGroup = it.target_group }, stat = "p99" } }
        comparison          = "GreaterThanThreshold"
        threshold           = it.slow_seconds
        periods             = 3
        evaluate_low_counts = "ignore"
      }
    }
  ]...)

  backfill_alarms = merge([
    for it in var.backfill[*] : {
      backfill-failed = {
        description = "A backfill failed, was stopped or ran out of time."
        metrics = {
          for id, name in { failed = "ExecutionsFailed", stopped = "ExecutionsAborted", late = "ExecutionsTimedOut" } :
          id => { namespace = "AWS/States", name = name, dimensions = { StateMachineArn = it.state_machine_arn }, stat = "Sum" }
        }
        expression = "FILL(failed, 0) + FILL(stopped, 0) + FILL(late, 0)"
        threshold  = 1
      }
    }
  ]...)

  notification_alarms = merge([
    for it in var.notifications[*] : {
      notifications-failed = {
        description = "A notification of a run could not be put into the bucket, or not be published."
        metrics = merge(
          {
            refused     = { namespace = "ShopFlow", name = "NotificationsFailed", dimensions = { Environment = var.environment, Function = "load" }, stat = "Sum" }
            undelivered = { namespace = "AWS/Events", name = "FailedInvocations", dimensions = { RuleName = it.rule_name }, stat = "Sum" }
          },
          {
            for id, name in { failed = "ExecutionsFailed", stopped = "ExecutionsAborted", late = "ExecutionsTimedOut" } :
            id => { namespace = "AWS/States", name = name, dimensions = { StateMachineArn = it.state_machine_arn }, stat = "Sum" }
          },
        )
        expression = "FILL(refused, 0) + FILL(undelivered, 0) + FILL(failed, 0) + FILL(stopped, 0) + FILL(late, 0)"
        threshold  = 1
      }
    }
  ]...)

  alarms = {
    for name, alarm in merge(
      local.queue_alarms, local.function_alarms, local.source_alarms, local.database_alarms, local.dashboard_alarms, local.backfill_alarms,
      local.notification_alarms,
    ) : name => merge(local.alarm_defaults, alarm)
  }
}

resource "aws_cloudwatch_metric_alarm" "alarm" {
  for_each = local.alarms

  alarm_name          = "${var.name}-${each.key}"
  alarm_description   = "${each.value.description} What to do: docs/how-to/runbook.md"
  comparison_operator = each.value.comparison
  threshold           = each.value.threshold
  evaluation_periods  = each.value.periods
  datapoints_to_alarm = coalesce(each.value.breaching_periods, each.value.periods)
  treat_missing_data  = each.value.missing_data
  alarm_actions       = [aws_sns_topic.alarms.arn]
  ok_actions          = [aws_sns_topic.alarms.arn]

  evaluate_low_sample_count_percentiles = each.value.evaluate_low_counts

  namespace          = each.value.expression == null ? one(values(each.value.metrics)).namespace : null
  metric_name        = each.value.expression == null ? one(values(each.value.metrics)).name : null
  dimensions         = each.value.expression == null ? one(values(each.value.metrics)).dimensions : null
  period             = each.value.expression == null ? each.value.period : null
  statistic          = each.value.expression == null && !startswith(values(each.value.metrics)[0].stat, "p") ? one(values(each.value.metrics)).stat : null
  extended_statistic = each.value.expression == null && startswith(values(each.value.metrics)[0].stat, "p") ? one(values(each.value.metrics)).stat : null

  threshold_metric_id = each.value.anomaly ? "expression" : null

  dynamic "metric_query" {
    for_each = each.value.expression == null ? {} : each.value.metrics

    content {
      id          = metric_query.key
      return_data = each.value.anomaly

      metric {
        namespace   = metric_query.value.namespace
        metric_name = metric_query.value.name
        dimensions  = metric_query.value.dimensions
        period      = each.value.period
        stat        = metric_query.value.stat
      }
    }
  }

  dynamic "metric_query" {
    for_each = each.value.expression == null ? [] : [each.value.expression]

    content {
      id          = "expression"
      expression  = metric_query.value
      label       = each.key
      return_data = true
    }
  }

  lifecycle {
    precondition {
      condition = alltrue([
        for metric in values(each.value.metrics) :
        contains(local.known_metrics, "${metric.namespace} ${metric.name} ${join(",", sort(keys(metric.dimensions)))}")
      ])
      error_message = "${each.key} names a metric or a combination of dimensions that metrics.json does not list."
    }
  }
}
