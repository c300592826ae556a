# Notifications of closed runs: load puts each into the data bucket, the bucket reports it to EventBridge, and a state machine publishes
# it to the topic here. docs/decisions/0013-notifications-through-the-bucket.md has the reasons.

locals {
  name              = "${var.name}-notifications"
  state_machine_arn = "arn:${var.partition}:states:${var.region}:${var.account_id}:stateMachine:${local.name}"
  prefix            = "notifications/"

  definition = templatefile("${path.module}/state-machine.asl.json", {
    partition = var.partition
    topic_arn = aws_sns_topic.this.arn

    # Both services may be unavailable for a while; a notification that comes an hour late is better than none.
    retry = jsonencode([{
      ErrorEquals     = ["States.ALL"]
      IntervalSeconds = 5
      BackoffRate     = 2
      MaxAttempts     = 12
      MaxDelaySeconds = 600
      JitterStrategy  = "FULL"
    }])
  })
}

resource "aws_cloudwatch_event_rule" "notification" {
  name        = local.name
  description = "A notification of a closed run is in the data bucket"

  event_pattern = jsonencode({
    source      = ["aws.s3"]
    detail-type = ["Object Created"]
    detail = {
      bucket = { name = [var.bucket_name] }
      object = { key = [{ prefix = local.prefix }] }
    }
  })
}

resource "aws_cloudwatch_event_target" "state_machine" {
  rule     = aws_cloudwatch_event_rule.notification.name
  arn      = aws_sfn_state_machine.this.arn
  role_arn = aws_iam_role.rule.arn

  # The alarm reports an event that could not be delivered. Its object stays in the bucket, so it needs no dead-letter queue.
  retry_policy {
    maximum_event_age_in_seconds = 24 * 3600
    maximum_retry_attempts       = 185
  }

  depends_on = [aws_iam_role_policy.rule]
}

resource "aws_sfn_state_machine" "this" {
  name       = local.name
  type       = "STANDARD"
  role_arn   = aws_iam_role.state_machine.arn
  definition = local.definition

  # Step Functions tests the role when the state machine is created.
  depends_on = [aws_iam_role_policy.state_machine]
}

resource "aws_sns_topic" "this" {
  name              = "${var.name}-runs"
  display_name      = "ShopFlow ${var.environment}"
  kms_master_key_id = var.key_arn

  tags = { classification = "public" }
}

# The role of the state machine publishes by its own policy.
resource "aws_sns_topic_policy" "this" {
  arn = aws_sns_topic.this.arn

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "OnlyTls"
      Effect    = "Deny"
      Principal = "*"
      Action    = "sns:Publish"
      Resource  = aws_sns_topic.this.arn
      Condition = { Bool = { "aws:SecureTransport" = "false" } }
    }]
  })
}

resource "aws_sns_topic_subscription" "email" {
  for_each = var.emails

  topic_arn = aws_sns_topic.this.arn
  protocol  = "email"
  endpoint  = each.value
}
