# Alarms and notifications of runs in a Slack channel, in a channel of Microsoft Teams, or in both: Amazon Q Developer in chat applications, formerly AWS Chatbot.

locals {
  chat_topics = concat([aws_sns_topic.alarms.arn], var.notifications[*].topic_arn)

  # Left out, the guardrail would be AdministratorAccess. It bounds what the role's own policy allows, which is less.
  chat_guardrail = "arn:${data.aws_partition.current.partition}:iam::aws:policy/CloudWatchReadOnlyAccess"

  # Enough to draw the graph under an alarm. None of these actions supports resources.
  chat_policy = {
    Version = "2012-10-17"
    Statement = [
      {
        Sid    = "DrawGraphs"
        Effect = "Allow"
        Action = [
          "cloudwatch:DescribeAlarms",
          "cloudwatch:GetMetricData",
          "cloudwatch:GetMetricStatistics",
          "cloudwatch:GetMetricWidgetImage",
        ]
        Resource = "*"
      }
    ]
  }
}

resource "aws_iam_role" "chat" {
  count = var.chat == null && var.teams == null ? 0 : 1

  name = "${var.name}-chat"

  permissions_boundary = var.permissions_boundary_arn

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Action    = "sts:AssumeRole"
        Principal = { Service = "chatbot.amazonaws.com" }
        Condition = { StringEquals = { "aws:SourceAccount" = local.account } }
      }
    ]
  })
}

resource "aws_iam_role_policy" "chat" {
  count = length(aws_iam_role.chat)

  name   = "draw-graphs"
  role   = aws_iam_role.chat[0].name
  policy = jsonencode(local.chat_policy)
}

resource "aws_chatbot_slack_channel_configuration" "alarms" {
  count = var.chat == null ? 0 : 1

  configuration_name = "${var.name}-alarms"
  slack_team_id      = var.chat.team_id
  slack_channel_id   = var.chat.channel_id
  iam_role_arn       = aws_iam_role.chat[0].arn
  sns_topic_arns     = local.chat_topics
  logging_level      = "ERROR"

  guardrail_policy_arns       = [local.chat_guardrail]
  user_authorization_required = false
}

resource "aws_chatbot_teams_channel_configuration" "alarms" {
  count = var.teams == null ? 0 : 1

  configuration_name = "${var.name}-alarms-teams"
  tenant_id          = var.teams.tenant_id
  team_id            = var.teams.team_id
  channel_id         = var.teams.channel_id
  iam_role_arn       = aws_iam_role.chat[0].arn
  sns_topic_arns     = local.chat_topics
  logging_level      = "ERROR"

  guardrail_policy_arns       = [local.chat_guardrail]
  user_authorization_required = false
}
