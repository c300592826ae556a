# Dashboard, monitoring and governance within the stack.

mock_provider "aws" {
  source = "../../mocks"
}

# Ephemeral resources cannot be mocked; there are none here, so this one is never called.
provider "aws" {
  alias                       = "ephemeral"
  region                      = "eu-west-2"
  access_key                  = "none"
  secret_key                  = "none"
  skip_credentials_validation = true
  skip_metadata_api_check     = true
  skip_region_validation      = true
  skip_requesting_account_id  = true
}

variables {
  packages           = "tests/packages"
  make_secret_values = false

  environment      = "test"
  region           = "eu-west-2"
  pseudonym_key_id = "test-1"
  sources = {
    shop  = {}
    olist = { scheduled = false, credentials = false }
  }
  dashboard_enabled = true
  dashboard = {
    domain_name           = "figures.example.com"
    certificate_arn       = "arn:aws:acm:eu-west-2:111122223333:certificate/0123"
    cognito_domain_prefix = "shopflow-test-figures"
  }
  architecture = "x86_64"
  image_digest = "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
  alarms = {
    emails      = ["on-call@example.com"]
    monthly_usd = 100
    sources     = { olist = { quarantine_percent = 10 } }
  }
  access_trail = {}
  notifications = {
    emails = ["analyst@example.com"]
  }
}

run "edge" {
  assert {
    condition     = module.dashboard[0].url == "https://figures.example.com/" && module.dashboard[0].service_name == "shopflow-test-dashboard"
    error_message = "The dashboard runs."
  }
  assert {
    condition     = module.dashboard[0].ready_when == aws_lambda_invocation.migrate.id
    error_message = "The dashboard's new version runs after the migration."
  }
  assert {
    condition = (
      local.environments.load["SHOPFLOW_LOAD_NOTIFIED_RUNS"] == "problems"
      && local.environments.load["SHOPFLOW_LOAD_DASHBOARD_URL"] == "https://figures.example.com"
      && local.environments.load["SHOPFLOW_LOAD_RUN_COMMAND"] == "aws sqs send-message --queue-url ${module.queues.queues["extract-requests"].url} --message-body '{\"source\":\"{source}\"}'"
    )
    error_message = "Notifications link to the dashboard and have the command that runs a source again."
  }
  assert {
    condition     = output.notification_topic_arn == module.notifications[0].topic_arn
    error_message = "The topic is none that one can subscribe to."
  }
  assert {
    condition     = local.dashboard_architecture == "x86_64"
    error_message = "The dashboard's processor is the functions', unless another is named."
  }
  assert {
    condition = length(setsubtract(
      concat(
        [for queue in keys(local.queues) : "dead-letters-${queue}"],
        [for queue in keys(local.queues) : "queue-age-${queue}"],
        [for function in keys(local.functions) : "function-errors-${function}"],
        [for function in keys(local.functions) : "function-throttles-${function}"],
        flatten([for source in keys(var.sources) : [for alarm in ["run-incomplete", "source-unavailable", "quality", "slow-runs"] : "${alarm}-${source}"]]),
        ["no-complete-run-shop", "schedule-dead-letters", "backfill-failed", "cost-budget", "notifications-failed"],
        [for alarm in ["cpu", "storage", "connections", "memory"] : "database-${alarm}"],
        [for alarm in ["unhealthy", "errors", "slow"] : "dashboard-${alarm}"],
      ),
      output.alarm_names,
    )) == 0
    error_message = "Each queue, function and source has its alarms."
  }
  assert {
    condition     = !contains(output.alarm_names, "no-complete-run-olist")
    error_message = "What nothing runs is not late."
  }
  assert {
    condition     = output.catalog.database == "shopflow_test" && output.catalog.tables["raw_customers"] == "pii" && output.catalog.trail_bucket != null
    error_message = "The lake has its catalog and its access trail."
  }
  assert {
    condition = alltrue([
      for service in ["budgets.amazonaws.com", "cloudtrail.amazonaws.com", "cloudwatch.amazonaws.com", "logs.eu-west-2.amazonaws.com"] :
      contains(keys(local.key_services), service)
    ])
    error_message = "The key lets those in who write what is encrypted with it."
  }
}

run "what_is_switched_off" {
  command = plan

  variables {
    monitoring_enabled = false
    catalog_enabled    = false
    dashboard_enabled  = false
    access_trail       = null
    notifications      = { runs = "none" }
  }

  assert {
    condition     = length(module.notifications) == 0 && output.notification_topic_arn == null && !local.notifications_enabled && local.environments.load["SHOPFLOW_LOAD_NOTIFIED_RUNS"] == "none" && !contains(keys(local.environments.load), "SHOPFLOW_LOAD_DASHBOARD_URL")
    error_message = "Nobody is notified, and load does not link to a dashboard that is not there."
  }
  assert {
    condition     = output.alarm_topic_arn == null && length(output.alarm_names) == 0 && output.catalog == null && output.dashboard == null
    error_message = "What is not wanted is not there."
  }
}

run "what_is_refused" {
  command = plan

  variables {
    image_digest    = "latest"
    dashboard       = null
    catalog_enabled = false
    alarms          = { sources = { shpo = { quarantine_percent = 5 } } }
    notifications   = { runs = "some" }
  }

  expect_failures = [var.image_digest, var.dashboard, var.access_trail, var.alarms, var.notifications]
}

run "on_the_managed_runtime" {
  command = plan

  variables {
    runtime = "java21"
  }
  assert {
    condition     = toset([for name, function in module.function : name if function.snap_start]) == toset(["extract", "transform", "load", "backfill"])
    error_message = "A version that the apply invokes at once has no snapshot yet."
  }
}
