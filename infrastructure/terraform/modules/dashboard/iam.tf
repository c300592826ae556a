# What ECS does for a task before it runs: pull the image, read the password, open the log.
locals {
  execution_policy = {
    Version = "2012-10-17"
    Statement = [
      {
        Sid    = "PullImage"
        Effect = "Allow"
        Action = [
          "ecr:BatchCheckLayerAvailability",
          "ecr:BatchGetImage",
          "ecr:GetDownloadUrlForLayer",
        ]
        Resource = [aws_ecr_repository.dashboard.arn]
      },
      {
        # ECR gives tokens for all that the role may pull; the action knows no resource.
        Sid      = "SignInToRegistry"
        Effect   = "Allow"
        Action   = ["ecr:GetAuthorizationToken"]
        Resource = ["*"]
      },
      {
        Sid      = "WriteLog"
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = ["${aws_cloudwatch_log_group.dashboard.arn}:log-stream:*"]
      },
      {
        Sid      = "ReadPassword"
        Effect   = "Allow"
        Action   = ["secretsmanager:GetSecretValue"]
        Resource = [var.database_secret_arn]
      },
      {
        Sid      = "DecryptPassword"
        Effect   = "Allow"
        Action   = ["kms:Decrypt"]
        Resource = [var.kms_key_arn]
        Condition = {
          StringEquals = { "kms:ViaService" = "secretsmanager.${local.region}.amazonaws.com" }
        }
      },
    ]
  }
}

resource "aws_iam_role" "execution" {
  name = "${local.name}-execution"

  permissions_boundary = var.permissions_boundary_arn

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Action    = "sts:AssumeRole"
        Principal = { Service = "ecs-tasks.amazonaws.com" }
        Condition = {
          StringEquals = { "aws:SourceAccount" = local.account }
          ArnLike      = { "aws:SourceArn" = "arn:${local.partition}:ecs:${local.region}:${local.account}:*" }
        }
      }
    ]
  })
}

resource "aws_iam_role_policy" "execution" {
  name   = "start-dashboard"
  role   = aws_iam_role.execution.id
  policy = jsonencode(local.execution_policy)
}
