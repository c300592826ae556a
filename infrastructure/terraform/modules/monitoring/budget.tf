# The alarm cost-budget. AWS computes costs a few times a day, so it comes hours late.
locals {
  # Percent of the budget, of what was spent or of what AWS expects for the whole month.
  budget_notices = {
    "80 percent spent"     = { type = "ACTUAL", percent = 80 }
    "all spent"            = { type = "ACTUAL", percent = 100 }
    "all spent before end" = { type = "FORECASTED", percent = 100 }
  }
}

resource "aws_budgets_budget" "cost" {
  count = var.budget == null ? 0 : 1

  name         = "${var.name}-cost-budget"
  budget_type  = "COST"
  time_unit    = "MONTHLY"
  limit_amount = tostring(var.budget.monthly_usd)
  limit_unit   = "USD"

  cost_filter {
    name   = "TagKeyValue"
    values = [format("user:%s$%s", var.budget.tag_key, var.budget.tag_value)]
  }

  dynamic "notification" {
    for_each = local.budget_notices

    content {
      notification_type         = notification.value.type
      comparison_operator       = "GREATER_THAN"
      threshold                 = notification.value.percent
      threshold_type            = "PERCENTAGE"
      subscriber_sns_topic_arns = [aws_sns_topic.alarms.arn]
    }
  }

  depends_on = [aws_sns_topic_policy.alarms]
}
