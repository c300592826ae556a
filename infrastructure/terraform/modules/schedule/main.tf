# Requests a run of each source, in the shop's time zone. Requests that Scheduler could not send to the queue after two retries become
# dead letters; extract reports later failures.

locals {
  # Scheduler retries with growing pauses; a request that is not in the queue within an hour would be late anyway.
  retries         = 2
  seconds_to_live = 3600
}

resource "aws_scheduler_schedule_group" "this" {
  name = var.name
}

resource "aws_scheduler_schedule" "this" {
  for_each = var.sources

  name        = each.key
  group_name  = aws_scheduler_schedule_group.this.name
  description = "Runs the source ${each.key}"

  schedule_expression          = each.value.cron
  schedule_expression_timezone = each.value.zone
  flexible_time_window {
    mode = "OFF"
  }

  target {
    arn      = var.queue.arn
    role_arn = aws_iam_role.this.arn
    input    = jsonencode({ source = each.key, full = false })

    retry_policy {
      maximum_retry_attempts       = local.retries
      maximum_event_age_in_seconds = local.seconds_to_live
    }
    dead_letter_config {
      arn = aws_sqs_queue.dead_letters.arn
    }
  }

  # Scheduler tests the role when the schedule is created.
  depends_on = [aws_iam_role_policy.this]
}

resource "aws_sqs_queue" "dead_letters" {
  name                              = "${var.name}-schedule-dead-letters"
  message_retention_seconds         = 14 * 24 * 60 * 60
  receive_wait_time_seconds         = 20
  kms_master_key_id                 = var.key_arn
  kms_data_key_reuse_period_seconds = 3600

  tags = { classification = "pseudonymised" }
}

resource "aws_sqs_queue_policy" "dead_letters" {
  queue_url = aws_sqs_queue.dead_letters.url
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "TlsOnly"
      Effect    = "Deny"
      Principal = "*"
      Action    = "sqs:*"
      Resource  = aws_sqs_queue.dead_letters.arn
      Condition = { Bool = { "aws:SecureTransport" = "false" } }
    }]
  })
}
