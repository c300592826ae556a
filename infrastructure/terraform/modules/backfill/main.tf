# Backfills: a state machine that plans windows, requests a run of each, polls the ledger until they are closed, verifies them, and
# publishes the result.

locals {
  name              = "${var.name}-backfill"
  state_machine_arn = "arn:${var.partition}:states:${var.region}:${var.account_id}:stateMachine:${local.name}"

  definition = templatefile("${path.module}/state-machine.asl.json", {
    name                     = local.name
    partition                = var.partition
    function_arn             = var.function.alias_arn
    function_timeout_seconds = var.function.timeout_seconds + 10
    queue_url                = var.queue.url
    topic_arn                = var.topic_arn
    timeout_seconds          = var.timeout_days * 24 * 3600
    windows_at_a_time        = var.windows_at_a_time
    look_every_seconds       = var.look_every_seconds
    looks                    = ceil(var.window_hours * 3600 / var.look_every_seconds)
    retries                  = var.retries
    retry_after_seconds      = var.retry_after_seconds

    # The function fails only if a service that it reads fails, so a retry may help. A rejected request is a reply.
    retry = jsonencode([{
      ErrorEquals     = ["States.ALL"]
      IntervalSeconds = 5
      BackoffRate     = 2
      MaxAttempts     = 6
      MaxDelaySeconds = 120
      JitterStrategy  = "FULL"
    }])
    catch                 = jsonencode([{ ErrorEquals = ["States.ALL"], Next = "NotifyError" }])
    catch_in_window       = jsonencode([{ ErrorEquals = ["States.ALL"], ResultPath = "$.error", Next = "Lost" }])
    catch_in_notification = jsonencode([{ ErrorEquals = ["States.ALL"], Next = "NotificationFailed" }])
  })
}

resource "aws_sfn_state_machine" "this" {
  name       = local.name
  type       = "STANDARD"
  role_arn   = aws_iam_role.this.arn
  definition = local.definition

  # It contains only days and run ids.
  logging_configuration {
    level                  = "ERROR"
    include_execution_data = true
    log_destination        = "${aws_cloudwatch_log_group.this.arn}:*"
  }

  tracing_configuration {
    enabled = true
  }

  # Step Functions tests the role when the state machine is created.
  depends_on = [aws_iam_role_policy.this]
}

# Log groups with this prefix share one resource policy, whose size is limited:
# https://docs.aws.amazon.com/step-functions/latest/dg/bp-cwl.html
resource "aws_cloudwatch_log_group" "this" {
  name              = "/aws/vendedlogs/states/${local.name}"
  retention_in_days = var.log_retention_in_days
  kms_key_id        = var.key_arn

  tags = { classification = "public" }
}
