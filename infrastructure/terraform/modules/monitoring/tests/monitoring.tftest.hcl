mock_provider "aws" {
  override_during = plan

  mock_data "aws_caller_identity" {
    defaults = { account_id = "123456789012" }
  }
  mock_data "aws_partition" {
    defaults = { partition = "aws" }
  }
  mock_data "aws_region" {
    defaults = { name = "eu-west-2" }
  }
  mock_resource "aws_sns_topic" {
    defaults = { arn = "arn:aws:sns:eu-west-2:123456789012:shopflow-test-alarms" }
  }
  mock_resource "aws_cloudwatch_metric_alarm" {
    defaults = { arn = "arn:aws:cloudwatch:eu-west-2:123456789012:alarm:one" }
  }
  mock_resource "aws_iam_role" {
    defaults = { arn = "arn:aws:iam::123456789012:role/shopflow-test-chat" }
  }
}

variables {
  name        = "shopflow-test"
  environment = "test"
  kms_key_arn = "arn:aws:kms:eu-west-2:123456789012:key/data"
  emails      = ["on-call@example.com"]
  queues = {
    extract-requests = { name = "shopflow-test-extract-requests", dead_letter_name = "shopflow-test-extract-requests-dead-letters" }
    raw-events       = { name = "shopflow-test-raw-events", dead_letter_name = "shopflow-test-raw-events-dead-letters" }
  }
  functions = {
    extract = { name = "shopflow-test-extract" }
    migrate = { name = "shopflow-test-migrate" }
  }
  sources = {
    shop  = { hours_between_complete_runs = 26 }
    olist = { quarantine_percent = 10 }
  }
  schedule = { dead_letter_name = "shopflow-test-schedule-dead-letters" }
  database = { instance_id = "shopflow-test", free_storage_bytes = 3221225472, free_memory_bytes = 67108864, maximum_connections = 80 }
  dashboard = {
    load_balancer = "app/shopflow-test-dashboard/0123456789abcdef"
    target_group  = "targetgroup/shopflow-test-dashboard/0123456789abcdef"
  }
  backfill = { state_machine_arn = "arn:aws:states:eu-west-2:123456789012:stateMachine:shopflow-test-backfill" }
  budget   = { monthly_usd = 100, tag_key = "stack", tag_value = "shopflow-test" }
  chat     = { team_id = "T0123456", channel_id = "C0123456" }
  teams = {
    tenant_id  = "11111111-2222-3333-4444-555555555555"
    team_id    = "66666666-7777-8888-9999-000000000000"
    channel_id = "19%3a0123456789abcdef0123456789abcdef%40thread.tacv2"
  }
  notifications = {
    topic_arn         = "arn:aws:sns:eu-west-2:123456789012:shopflow-test-runs"
    state_machine_arn = "arn:aws:states:eu-west-2:123456789012:stateMachine:shopflow-test-notifications"
    rule_name         = "shopflow-test-notifications"
  }
}

run "alarms" {
  command = plan

  assert {
    condition = toset(output.alarm_names) == toset([
      "backfill-failed",
      "cost-budget",
      "dashboard-errors",
      "dashboard-slow",
      "dashboard-unhealthy",
      "database-connections",
      "database-cpu",
      "database-memory",
      "database-storage",
      "dead-letters-extract-requests",
      "dead-letters-raw-events",
      "function-errors-extract",
      "function-errors-migrate",
      "function-throttles-extract",
      "function-throttles-migrate",
      "no-complete-run-shop",
      "notifications-failed",
      "quality-olist",
      "quality-shop",
      "queue-age-extract-requests",
      "queue-age-raw-events",
      "run-incomplete-olist",
      "run-incomplete-shop",
      "schedule-dead-letters",
      "slow-runs-olist",
      "slow-runs-shop",
      "source-unavailable-olist",
      "source-unavailable-shop",
    ])
    error_message = "Each queue, function and source has its alarms; no-complete-run only what is scheduled."
  }
  assert {
    condition     = alltrue([for key, alarm in aws_cloudwatch_metric_alarm.alarm : alarm.alarm_name == "shopflow-test-${key}"])
    error_message = "Alarms are named as the runbook heads them, after the environment's prefix."
  }
  assert {
    condition     = alltrue([for alarm in values(aws_cloudwatch_metric_alarm.alarm) : alarm.alarm_actions == toset([aws_sns_topic.alarms.arn]) && alarm.ok_actions == toset([aws_sns_topic.alarms.arn]) && alarm.actions_enabled != false])
    error_message = "Every alarm, and its end, sends a notification."
  }
  assert {
    condition     = alltrue([for alarm in values(aws_cloudwatch_metric_alarm.alarm) : strcontains(alarm.alarm_description, "docs/how-to/runbook.md")])
    error_message = "Every alarm links to its entry in the runbook."
  }
  assert {
    # One of the two ways to name a metric, and within the seven days (one day below an hour) that CloudWatch looks back.
    condition = alltrue([
      for alarm in values(aws_cloudwatch_metric_alarm.alarm) :
      (alarm.metric_name == null) == (length(alarm.metric_query) > 1)
      && (alarm.period == null ? true : alarm.period * alarm.evaluation_periods <= (alarm.period >= 3600 ? 604800 : 86400))
    ])
    error_message = "CloudWatch would refuse an alarm."
  }
  assert {
    condition = (
      aws_cloudwatch_metric_alarm.alarm["no-complete-run-shop"].metric_name == "RunsComplete"
      && aws_cloudwatch_metric_alarm.alarm["no-complete-run-shop"].dimensions == tomap({ Environment = "test", Source = "shop" })
      && aws_cloudwatch_metric_alarm.alarm["no-complete-run-shop"].period * aws_cloudwatch_metric_alarm.alarm["no-complete-run-shop"].evaluation_periods == 26 * 3600
      && aws_cloudwatch_metric_alarm.alarm["no-complete-run-shop"].datapoints_to_alarm == 26
      && aws_cloudwatch_metric_alarm.alarm["no-complete-run-shop"].comparison_operator == "LessThanThreshold"
      && aws_cloudwatch_metric_alarm.alarm["no-complete-run-shop"].treat_missing_data == "breaching"
    )
    error_message = "A source is late when no hour of the last 26 brought a complete run, whatever the reason."
  }
  assert {
    condition = (
      length([for query in aws_cloudwatch_metric_alarm.alarm["quality-olist"].metric_query : query if query.return_data]) == 1
      && anytrue([for query in aws_cloudwatch_metric_alarm.alarm["quality-olist"].metric_query : query.expression == "IF(transformed > 0, 100 * quarantined / transformed, 0)" && query.return_data])
      && aws_cloudwatch_metric_alarm.alarm["quality-olist"].threshold == 10
      && aws_cloudwatch_metric_alarm.alarm["quality-shop"].threshold == 5
    )
    error_message = "Quality is a share of the rows, and each source has its own."
  }
  assert {
    condition = (
      aws_cloudwatch_metric_alarm.alarm["slow-runs-shop"].threshold_metric_id == "expression"
      && aws_cloudwatch_metric_alarm.alarm["slow-runs-shop"].threshold == null
      && anytrue([for query in aws_cloudwatch_metric_alarm.alarm["slow-runs-shop"].metric_query : query.id == "expression" && query.expression == "ANOMALY_DETECTION_BAND(m, 3)"])
    )
    error_message = "A slow run is one beyond the band of the last weeks."
  }
  assert {
    condition = alltrue([
      for name in ["dead-letters-raw-events", "schedule-dead-letters"] :
      aws_cloudwatch_metric_alarm.alarm[name].threshold == 1 && endswith(aws_cloudwatch_metric_alarm.alarm[name].dimensions["QueueName"], "-dead-letters")
    ])
    error_message = "One dead letter is enough."
  }
  assert {
    condition     = aws_cloudwatch_metric_alarm.alarm["dashboard-slow"].extended_statistic == "p99" && aws_cloudwatch_metric_alarm.alarm["dashboard-slow"].statistic == null
    error_message = "The slowest percent of pages counts."
  }

  # Who is notified.
  assert {
    condition     = aws_sns_topic.alarms.kms_master_key_id == var.kms_key_arn
    error_message = "Messages are encrypted with the customer's key."
  }
  assert {
    condition = alltrue([
      for statement in jsondecode(aws_sns_topic_policy.alarms.policy).Statement :
      statement.Effect == "Deny" || try(statement.Condition.StringEquals["aws:SourceAccount"], "") == "123456789012"
    ])
    error_message = "Only this account's alarms and budgets publish."
  }
  assert {
    condition     = alltrue([for statement in jsondecode(aws_sns_topic_policy.alarms.policy).Statement : statement.Action == "sns:Publish" && statement.Resource == aws_sns_topic.alarms.arn])
    error_message = "No wildcard in the topic's policy."
  }
  assert {
    condition     = aws_sns_topic_subscription.email["on-call@example.com"].protocol == "email"
    error_message = "E-mail addresses are subscribed."
  }
  assert {
    condition     = aws_chatbot_slack_channel_configuration.alarms[0].sns_topic_arns == toset([aws_sns_topic.alarms.arn, var.notifications.topic_arn]) && aws_chatbot_slack_channel_configuration.alarms[0].guardrail_policy_arns == tolist(["arn:aws:iam::aws:policy/CloudWatchReadOnlyAccess"])
    error_message = "Slack gets the alarms and the notifications of runs, with the permissions of its policy only."
  }
  assert {
    condition     = aws_chatbot_teams_channel_configuration.alarms[0].sns_topic_arns == toset([aws_sns_topic.alarms.arn, var.notifications.topic_arn]) && aws_chatbot_teams_channel_configuration.alarms[0].guardrail_policy_arns == tolist(["arn:aws:iam::aws:policy/CloudWatchReadOnlyAccess"])
    error_message = "Teams gets the alarms and the notifications of runs, with the permissions of its policy only."
  }
  assert {
    condition = (
      anytrue([for query in aws_cloudwatch_metric_alarm.alarm["notifications-failed"].metric_query : query.expression == "FILL(refused, 0) + FILL(undelivered, 0) + FILL(failed, 0) + FILL(stopped, 0) + FILL(late, 0)"])
      && toset(flatten([for query in aws_cloudwatch_metric_alarm.alarm["notifications-failed"].metric_query : [for metric in query.metric : metric.metric_name]])) == toset(["ExecutionsAborted", "ExecutionsFailed", "ExecutionsTimedOut", "FailedInvocations", "NotificationsFailed"])
      && aws_cloudwatch_metric_alarm.alarm["notifications-failed"].threshold == 1
      && aws_cloudwatch_metric_alarm.alarm["notifications-failed"].treat_missing_data == "notBreaching"
    )
    error_message = "A notification that is lost anywhere on its way raises an alarm; silence does not."
  }
  assert {
    condition = alltrue([
      for action in flatten([for statement in jsondecode(aws_iam_role_policy.chat[0].policy).Statement : statement.Action]) :
      can(regex("^cloudwatch:(Get|Describe)[A-Za-z]+$", action))
    ])
    error_message = "The chat may look at metrics and alarms only."
  }

  # The budget.
  assert {
    condition     = aws_budgets_budget.cost[0].name == "shopflow-test-cost-budget" && one(aws_budgets_budget.cost[0].cost_filter).values == tolist(["user:stack$shopflow-test"])
    error_message = "The budget is of this stack."
  }
  assert {
    condition     = alltrue([for notice in aws_budgets_budget.cost[0].notification : notice.subscriber_sns_topic_arns == toset([aws_sns_topic.alarms.arn])]) && length(aws_budgets_budget.cost[0].notification) == 3
    error_message = "The budget sends notifications."
  }

  # The CloudWatch dashboard.
  assert {
    condition = length(setsubtract(
      ["Runs", "Freshness: complete runs in the last 26 hours", "Rows extracted", "Rates (rows a second)", "Quarantined rows", "Age of the queues' oldest messages (s)", "Dead letters",
      "Duration of runs (ms)", "Memory (MB)", "Cold starts", "Database: connections", "Dashboard: pages and errors", "Backfill"],
      [for widget in jsondecode(aws_cloudwatch_dashboard.pipeline.dashboard_body).widgets : widget.properties.title],
    )) == 0
    error_message = "The dashboard answers what operators ask."
  }
  assert {
    condition     = length(jsondecode(aws_cloudwatch_dashboard.pipeline.dashboard_body).widgets[0].properties.alarms) == length(aws_cloudwatch_metric_alarm.alarm)
    error_message = "The dashboard shows the state of all alarms."
  }
  assert {
    condition = length(distinct([
      for widget in jsondecode(aws_cloudwatch_dashboard.pipeline.dashboard_body).widgets : "${widget.x} ${widget.y}"
    ])) == length(jsondecode(aws_cloudwatch_dashboard.pipeline.dashboard_body).widgets)
    error_message = "No graph lies on another."
  }
  assert {
    condition = alltrue([
      for widget in jsondecode(aws_cloudwatch_dashboard.pipeline.dashboard_body).widgets :
      widget.type == "alarm" || length(try(widget.properties.metrics, [])) > 0
    ])
    error_message = "No graph is empty."
  }
}

run "without_what_is_optional" {
  command = plan

  variables {
    schedule  = null
    database  = null
    dashboard = null
    backfill  = null
    budget    = null
    chat      = null
    teams     = null

    notifications = null
    emails        = []
  }

  assert {
    condition     = length([for name in output.alarm_names : name if can(regex("^(schedule|database|dashboard|backfill|cost|notifications)-", name))]) == 0
    error_message = "There is no alarm of what is not there."
  }
  assert {
    condition     = length(aws_budgets_budget.cost) + length(aws_chatbot_slack_channel_configuration.alarms) + length(aws_chatbot_teams_channel_configuration.alarms) + length(aws_iam_role.chat) == 0
    error_message = "Neither budget nor chat."
  }
  assert {
    condition = alltrue([
      for widget in jsondecode(aws_cloudwatch_dashboard.pipeline.dashboard_body).widgets :
      widget.type == "alarm" || length(try(widget.properties.metrics, [])) > 0
    ])
    error_message = "A graph of nothing is left out."
  }
}

run "a_chat_of_teams_alone" {
  command = plan

  variables {
    chat          = null
    notifications = null
  }

  assert {
    condition     = length(aws_iam_role.chat) == 1 && length(aws_chatbot_slack_channel_configuration.alarms) == 0 && aws_chatbot_teams_channel_configuration.alarms[0].sns_topic_arns == toset([aws_sns_topic.alarms.arn])
    error_message = "Teams needs no Slack, and no notifications."
  }
}

run "what_is_refused" {
  command = plan

  variables {
    sources           = { shop = { hours_between_complete_runs = 169 } }
    emails            = ["nobody"]
    queue_age_seconds = 60
    chat              = { team_id = "shop", channel_id = "#general" }
    teams             = { tenant_id = "acme", team_id = "shop", channel_id = "General" }
    budget            = { monthly_usd = 0, tag_key = "stack", tag_value = "shopflow-test" }
  }

  expect_failures = [var.sources, var.emails, var.queue_age_seconds, var.chat, var.teams, var.budget]
}
