# Each queue with its dead letters. A message that was received max_receive_count times and never deleted becomes a dead letter, and is kept
# for as long as SQS allows.

locals {
  fourteen_days = 14 * 24 * 60 * 60

  tls_only = {
    Sid       = "TlsOnly"
    Effect    = "Deny"
    Principal = "*"
    Action    = "sqs:*"
    Condition = { Bool = { "aws:SecureTransport" = "false" } }
  }
}

resource "aws_sqs_queue" "this" {
  for_each = var.queues

  name                       = "${var.name}-${each.key}"
  visibility_timeout_seconds = each.value.visibility_timeout_seconds
  message_retention_seconds  = local.fourteen_days
  receive_wait_time_seconds  = 20
  kms_master_key_id          = var.key_arn

  # Long enough to make KMS cost almost nothing, short enough for a disabled key to take effect.
  kms_data_key_reuse_period_seconds = 3600

  redrive_policy = jsonencode({
    deadLetterTargetArn = aws_sqs_queue.dead_letters[each.key].arn
    maxReceiveCount     = each.value.max_receive_count
  })

  tags = { classification = "pseudonymised" }
}

resource "aws_sqs_queue" "dead_letters" {
  for_each = var.queues

  name                              = "${var.name}-${each.key}-dead-letters"
  message_retention_seconds         = local.fourteen_days
  receive_wait_time_seconds         = 20
  kms_master_key_id                 = var.key_arn
  kms_data_key_reuse_period_seconds = 3600

  tags = { classification = "pseudonymised" }
}

resource "aws_sqs_queue_redrive_allow_policy" "this" {
  for_each = var.queues

  queue_url            = aws_sqs_queue.this[each.key].url
  redrive_allow_policy = jsonencode({ redrivePermission = "denyAll" })
}

resource "aws_sqs_queue_redrive_allow_policy" "dead_letters" {
  for_each = var.queues

  queue_url = aws_sqs_queue.dead_letters[each.key].url
  redrive_allow_policy = jsonencode({
    redrivePermission = "byQueue"
    sourceQueueArns   = [aws_sqs_queue.this[each.key].arn]
  })
}

# Roles of this account have access by their own policies; the queue's policy permits only the bucket, if the queue has one.
resource "aws_sqs_queue_policy" "this" {
  for_each = var.queues

  queue_url = aws_sqs_queue.this[each.key].url
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = concat(
      [merge(local.tls_only, { Resource = aws_sqs_queue.this[each.key].arn })],
      each.value.events_of_bucket ? [{
        Sid       = "EventsOfTheBucket"
        Effect    = "Allow"
        Principal = { Service = "s3.amazonaws.com" }
        Action    = "sqs:SendMessage"
        Resource  = aws_sqs_queue.this[each.key].arn
        Condition = {
          ArnEquals    = { "aws:SourceArn" = var.bucket_arn }
          StringEquals = { "aws:SourceAccount" = var.account_id }
        }
      }] : [],
    )
  })
}

resource "aws_sqs_queue_policy" "dead_letters" {
  for_each = var.queues

  queue_url = aws_sqs_queue.dead_letters[each.key].url
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [merge(local.tls_only, { Resource = aws_sqs_queue.dead_letters[each.key].arn })]
  })
}
