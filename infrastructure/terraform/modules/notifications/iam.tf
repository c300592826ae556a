locals {
  state_machine_policy = {
    Version = "2012-10-17"
    Statement = [
      {
        Sid      = "ReadNotifications"
        Effect   = "Allow"
        Action   = ["s3:GetObject"]
        Resource = ["${var.bucket_arn}/${local.prefix}*"]
      },
      {
        Sid       = "KeyForObjects"
        Effect    = "Allow"
        Action    = ["kms:Decrypt"]
        Resource  = [var.key_arn]
        Condition = { StringEquals = { "kms:ViaService" = ["s3.${var.region}.amazonaws.com"] } }
      },
      {
        Sid      = "Notify"
        Effect   = "Allow"
        Action   = ["sns:Publish"]
        Resource = [aws_sns_topic.this.arn]
      },
      {
        Sid       = "KeyForNotifications"
        Effect    = "Allow"
        Action    = ["kms:Decrypt", "kms:GenerateDataKey"]
        Resource  = [var.key_arn]
        Condition = { StringEquals = { "kms:ViaService" = ["sns.${var.region}.amazonaws.com"] } }
      },
    ]
  }

  rule_policy = {
    Version = "2012-10-17"
    Statement = [
      {
        Sid      = "StartStateMachine"
        Effect   = "Allow"
        Action   = ["states:StartExecution"]
        Resource = [local.state_machine_arn]
      },
    ]
  }
}

resource "aws_iam_role" "state_machine" {
  name        = "${local.name}-publish"
  description = "What the state machine ${local.name} may do"

  permissions_boundary = var.permissions_boundary_arn

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "states.amazonaws.com" }
      Action    = "sts:AssumeRole"
      # Step Functions must not use the role for another account's state machine.
      Condition = {
        StringEquals = { "aws:SourceAccount" = var.account_id }
        ArnLike      = { "aws:SourceArn" = "arn:${var.partition}:states:${var.region}:${var.account_id}:stateMachine:*" }
      }
    }]
  })
}

resource "aws_iam_role_policy" "state_machine" {
  name   = "permissions"
  role   = aws_iam_role.state_machine.name
  policy = jsonencode(local.state_machine_policy)
}

resource "aws_iam_role" "rule" {
  name        = "${local.name}-start"
  description = "What the rule ${local.name} may do"

  permissions_boundary = var.permissions_boundary_arn

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "events.amazonaws.com" }
      Action    = "sts:AssumeRole"
      # EventBridge must not use the role for another account's rule.
      Condition = {
        StringEquals = { "aws:SourceAccount" = var.account_id }
        ArnLike      = { "aws:SourceArn" = "arn:${var.partition}:events:${var.region}:${var.account_id}:rule/*" }
      }
    }]
  })
}

resource "aws_iam_role_policy" "rule" {
  name   = "permissions"
  role   = aws_iam_role.rule.name
  policy = jsonencode(local.rule_policy)
}
