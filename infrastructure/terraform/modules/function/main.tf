# One function: code, log group, role, published version and the alias `live`, which all callers use.

locals {
  handlers = {
    "provided.al2023" = "bootstrap"
    "java21"          = "io.quarkus.funqy.lambda.FunqyStreamHandler::handleRequest"
  }
}

resource "aws_cloudwatch_log_group" "this" {
  name              = "/aws/lambda/${var.name}"
  retention_in_days = var.log_retention_in_days
  kms_key_id        = var.key_arn

  tags = { classification = "pseudonymised" }
}

resource "aws_lambda_function" "this" {
  function_name = var.name
  description   = var.description
  role          = aws_iam_role.this.arn

  filename         = var.package
  source_code_hash = filebase64sha256(var.package)
  runtime          = var.runtime
  handler          = local.handlers[var.runtime]
  architectures    = [var.architecture]
  publish          = true

  memory_size                    = var.memory_megabytes
  timeout                        = var.timeout_seconds
  reserved_concurrent_executions = var.reserved_concurrency

  ephemeral_storage {
    size = var.ephemeral_storage_megabytes
  }

  environment {
    variables = var.environment
  }

  # Text, since the functions write JSON themselves: if it were wrapped again, CloudWatch would not find the metrics in it.
  logging_config {
    log_format = "Text"
    log_group  = aws_cloudwatch_log_group.this.name
  }

  tracing_config {
    mode = "Active"
  }

  dynamic "snap_start" {
    for_each = var.runtime == "java21" && var.snap_start && var.ephemeral_storage_megabytes == 512 ? [true] : []
    content {
      apply_on = "PublishedVersions"
    }
  }

  dynamic "vpc_config" {
    for_each = var.network == null ? [] : [var.network]
    content {
      subnet_ids         = vpc_config.value.subnet_ids
      security_group_ids = vpc_config.value.security_group_ids
    }
  }

  # Lambda tests the role when it creates the function's network interfaces.
  depends_on = [aws_iam_role_policy.this]
}

resource "aws_lambda_alias" "live" {
  name             = "live"
  description      = "The version that is called. Moving it back is the rollback."
  function_name    = aws_lambda_function.this.function_name
  function_version = var.live_version == null ? aws_lambda_function.this.version : var.live_version

  lifecycle {
    precondition {
      condition     = var.ready_when != ""
      error_message = "The new version was deployed before the step that it waits for had ended."
    }
  }
}

resource "aws_lambda_event_source_mapping" "this" {
  count = var.event_source == null ? 0 : 1

  event_source_arn        = var.event_source.queue_arn
  function_name           = aws_lambda_alias.live.arn
  batch_size              = var.event_source.batch_size
  function_response_types = ["ReportBatchItemFailures"]

  scaling_config {
    maximum_concurrency = var.event_source.maximum_concurrency
  }
}
