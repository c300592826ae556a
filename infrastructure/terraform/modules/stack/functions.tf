locals {
  # The functions. To add one: a block here and its permissions in permissions.json.
  #   size         its defaults; var.functions changes them
  #   queue        what it reads, or null
  #   in_network   whether it reaches the database
  #   environment  environment variables with literal values
  #   references   environment variables for resources of this stack, see local.references
  functions = {
    extract = {
      description = "Reads a source and writes raw parts"
      size        = { memory_megabytes = 768, timeout_seconds = 900, batch_size = 1, maximum_concurrency = 2 }
      queue       = { name = "extract-requests", events_of_bucket = false }
      in_network  = false
      environment = {
        SHOPFLOW_EXTRACT_RETRIES           = "2"
        SHOPFLOW_EXTRACT_UNAVAILABLE_DELAY = "5M"
      }
      references = {
        SHOPFLOW_BUCKET                     = "bucket"
        SHOPFLOW_EXTRACT_REQUESTS_QUEUE_URL = "queue/extract-requests"
        SHOPFLOW_EXTRACT_TIMEOUT            = "extract/timeout"
        SHOPFLOW_EXTRACT_LEASE              = "extract/lease"
        SHOPFLOW_SOURCE_SECRETS             = "secret/sources"
      }
    }

    transform = {
      # It contains the key's id, so that a new key publishes a new version, whose instances read the new key. Instances of the
      # previous version may continue with the key that they read when they started.
      description = "Makes clean parts of raw parts, with the pseudonym key ${var.pseudonym_key_id}"
      size        = { memory_megabytes = 512, timeout_seconds = 300, batch_size = 1, maximum_concurrency = 10 }
      queue       = { name = "raw-events", events_of_bucket = true }
      in_network  = false
      environment = {}
      references = {
        SHOPFLOW_BUCKET               = "bucket"
        SHOPFLOW_PSEUDONYM_KEY_SECRET = "secret/pseudonym_key"
      }
    }

    load = {
      description = "Loads clean parts into the warehouse"
      size        = { memory_megabytes = 512, timeout_seconds = 600, batch_size = 4, maximum_concurrency = 4 }
      queue       = { name = "clean-events", events_of_bucket = true }
      in_network  = true
      environment = merge(
        { SHOPFLOW_LOAD_NOTIFIED_RUNS = var.notifications.runs },
        var.dashboard_enabled ? { SHOPFLOW_LOAD_DASHBOARD_URL = "https://${var.dashboard.domain_name}" } : {},
      )
      references = {
        SHOPFLOW_BUCKET             = "bucket"
        SHOPFLOW_DATABASE_SECRET    = "secret/loader"
        SHOPFLOW_LOAD_RUN_COMMAND   = "load/run_command"
        QUARKUS_DATASOURCE_JDBC_URL = "database/jdbc_url"
      }
    }

    migrate = {
      description = "Changes the warehouse's schema and sets its roles' passwords; invoked by the apply"
      size        = { memory_megabytes = 512, timeout_seconds = 900 }
      queue       = null
      in_network  = true
      environment = {}
      references = {
        SHOPFLOW_DATABASE_SECRET    = "secret/database_master"
        SHOPFLOW_LOADER_SECRET      = "secret/loader"
        SHOPFLOW_DASHBOARD_SECRET   = "secret/dashboard"
        SHOPFLOW_BI_SECRET          = "secret/bi"
        QUARKUS_DATASOURCE_JDBC_URL = "database/jdbc_url"
      }
    }

    backfill = {
      description = "Plans and follows the windows of a backfill"
      size        = { memory_megabytes = 512, timeout_seconds = 120 }
      queue       = null
      in_network  = true
      environment = {}
      references = {
        SHOPFLOW_BUCKET = "bucket"
        # It only reads.
        SHOPFLOW_DATABASE_SECRET    = "secret/dashboard"
        QUARKUS_DATASOURCE_JDBC_URL = "database/jdbc_url"
      }
    }
  }

  # By name, so that the blocks above depend on nothing, and queues can be derived from them.
  references = merge(
    {
      "bucket"            = module.storage.bucket_name
      "database/jdbc_url" = local.database.jdbc_url
      "extract/timeout"   = "${local.sizes.extract.timeout_seconds}S"
      # Longer than an invocation can last; otherwise two could hold the source.
      "extract/lease" = "${local.sizes.extract.timeout_seconds + 60}S"
      # The runbook's, with the queue's address.
      "load/run_command" = "aws sqs send-message --queue-url ${module.queues.queues["extract-requests"].url} --message-body '{\"source\":\"{source}\"}'"
    },
    { for name, queue in module.queues.queues : "queue/${name}" => queue.url },
    { for name, arns in local.secrets : "secret/${name}" => join(",", arns) },
  )

  sizes = {
    for name, function in local.functions : name => merge(
      { ephemeral_storage_megabytes = 512, reserved_concurrency = -1, batch_size = 1, maximum_concurrency = 2 },
      function.size,
      { for key, value in try(var.functions[name], {}) : key => value if value != null },
    )
  }

  environments = {
    for name, function in local.functions : name => merge(
      local.common_environment,
      function.environment,
      { for variable, reference in function.references : variable => local.references[reference] },
    )
  }

  common_environment = merge(
    { SHOPFLOW_ENVIRONMENT = var.environment },
    var.endpoint == null ? {} : {
      QUARKUS_S3_ENDPOINT_OVERRIDE     = coalesce(var.function_endpoint, var.endpoint)
      QUARKUS_S3_PATH_STYLE_ACCESS     = "true"
      QUARKUS_SQS_ENDPOINT_OVERRIDE    = coalesce(var.function_endpoint, var.endpoint)
      AWS_ENDPOINT_URL_SECRETS_MANAGER = coalesce(var.function_endpoint, var.endpoint)
    },
  )
}

module "function" {
  source   = "../function"
  for_each = local.functions

  name         = "${local.name}-${each.key}"
  description  = each.value.description
  package      = "${var.packages}/${each.key}.zip"
  runtime      = var.runtime == "native" ? "provided.al2023" : "java21"
  architecture = var.architecture
  # The apply invokes the version that it has just published.
  snap_start = each.key != "migrate"

  memory_megabytes            = local.sizes[each.key].memory_megabytes
  ephemeral_storage_megabytes = local.sizes[each.key].ephemeral_storage_megabytes
  timeout_seconds             = local.sizes[each.key].timeout_seconds
  reserved_concurrency        = local.sizes[each.key].reserved_concurrency
  environment                 = local.environments[each.key]
  policy                      = local.policies[each.key]

  event_source = each.value.queue == null ? null : {
    queue_arn           = module.queues.queues[each.value.queue.name].arn
    batch_size          = local.sizes[each.key].batch_size
    maximum_concurrency = local.sizes[each.key].maximum_concurrency
  }

  network = each.value.in_network ? local.function_network : null

  log_retention_in_days = var.log_retention_in_days
  key_arn               = module.key.arn

  live_version = lookup(var.live_versions, each.key, null)
  ready_when   = each.key == "migrate" ? "now" : local.migrated

  permissions_boundary_arn = local.permissions_boundary_arn
}
