resource "aws_iam_role" "this" {
  name        = "${var.name}-schedule"
  description = "What the schedules of ${var.name} may do"

  permissions_boundary = var.permissions_boundary_arn

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "scheduler.amazonaws.com" }
      Action    = "sts:AssumeRole"
      Condition = { StringEquals = { "aws:SourceAccount" = var.account_id } }
    }]
  })
}

resource "aws_iam_role_policy" "this" {
  name = "permissions"
  role = aws_iam_role.this.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid      = "AskForRuns"
        Effect   = "Allow"
        Action   = ["sqs:SendMessage"]
        Resource = [var.queue.arn, aws_sqs_queue.dead_letters.arn]
      },
      {
        Sid       = "KeyForMessages"
        Effect    = "Allow"
        Action    = ["kms:Decrypt", "kms:GenerateDataKey"]
        Resource  = [var.key_arn]
        Condition = { StringEquals = { "kms:ViaService" = ["sqs.${var.region}.amazonaws.com"] } }
      },
    ]
  })
}
