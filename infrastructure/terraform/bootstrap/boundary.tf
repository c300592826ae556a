# The upper limit for the permissions of an environment's roles, whatever their policies allow: the actions that the roles of the
# stack need, in this account, and none of IAM. Deployments create roles, so without a boundary anyone who may deploy could create a
# role with all permissions, and run code with it. If a release needs another action, a person must first apply this folder.
# https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html

locals {
  boundary_arns = {
    for name in var.github_environments : name => "arn:${local.partition}:iam::${local.account}:policy/shopflow-${name}-boundary"
  }

  # tests/needs compares them with permissions.json, the policies in the modules and those of AWS's that roles get.
  boundary_actions = [
    # Functions
    "s3:GetObject", "s3:PutObject", "s3:ListBucket",
    "sqs:SendMessage", "sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes",
    "secretsmanager:GetSecretValue", "kms:Decrypt", "kms:GenerateDataKey",
    "ec2:CreateNetworkInterface", "ec2:DescribeNetworkInterfaces", "ec2:DescribeSubnets", "ec2:DeleteNetworkInterface",
    "ec2:AssignPrivateIpAddresses", "ec2:UnassignPrivateIpAddresses",
    # Logs and traces
    "logs:CreateLogStream", "logs:DescribeLogGroups", "logs:DescribeLogStreams", "logs:PutLogEvents",
    "logs:CreateLogDelivery", "logs:DeleteLogDelivery", "logs:DescribeResourcePolicies", "logs:GetLogDelivery",
    "logs:ListLogDeliveries", "logs:PutResourcePolicy", "logs:UpdateLogDelivery",
    "xray:GetSamplingRules", "xray:GetSamplingTargets", "xray:PutTelemetryRecords", "xray:PutTraceSegments",
    # AWS's policy of enhanced monitoring: the log group of RDS
    "logs:CreateLogGroup", "logs:GetLogEvents", "logs:PutRetentionPolicy",
    # Backfills, the dashboard's start, graphs of alarms
    "lambda:InvokeFunction", "sns:Publish", "states:StartExecution", "states:DescribeExecution", "states:StopExecution",
    "ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetAuthorizationToken", "ecr:GetDownloadUrlForLayer",
    "cloudwatch:DescribeAlarms", "cloudwatch:GetMetricData", "cloudwatch:GetMetricStatistics", "cloudwatch:GetMetricWidgetImage",
  ]
}

resource "aws_iam_policy" "boundary" {
  for_each = var.github_environments

  name        = "shopflow-${each.key}-boundary"
  description = "The most that roles of ShopFlow ${each.key} may be allowed"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid      = "WhatRolesNeed"
      Effect   = "Allow"
      Action   = local.boundary_actions
      Resource = "*"
      # Where an action names a resource, it is one of this account.
      Condition = { StringEqualsIfExists = { "aws:ResourceAccount" = local.account } }
    }]
  })
}
