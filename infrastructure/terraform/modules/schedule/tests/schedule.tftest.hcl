mock_provider "aws" {
  source          = "../../mocks"
  override_during = plan
}

variables {
  name       = "shopflow-test"
  sources    = { shop = { zone = "Europe/London", cron = "cron(0 2 * * ? *)" } }
  queue      = { arn = "arn:aws:sqs:eu-west-2:111122223333:extract-requests" }
  account_id = "111122223333"
  region     = "eu-west-2"
  key_arn    = "arn:aws:kms:eu-west-2:111122223333:key/11111111-2222-3333-4444-555555555555"
}

run "schedule" {
  command = plan

  assert {
    condition     = aws_scheduler_schedule.this["shop"].schedule_expression == "cron(0 2 * * ? *)" && aws_scheduler_schedule.this["shop"].schedule_expression_timezone == "Europe/London"
    error_message = "A source is run at two in the shop's night."
  }
  assert {
    condition     = aws_scheduler_schedule.this["shop"].target[0].arn == var.queue.arn && jsondecode(aws_scheduler_schedule.this["shop"].target[0].input) == { source = "shop", full = false }
    error_message = "A run is requested by a message to extract."
  }
  assert {
    condition     = aws_scheduler_schedule.this["shop"].target[0].retry_policy[0].maximum_retry_attempts == 2
    error_message = "Two more tries."
  }
  assert {
    condition     = aws_scheduler_schedule.this["shop"].target[0].dead_letter_config[0].arn == aws_sqs_queue.dead_letters.arn
    error_message = "What could not be handed over is put aside."
  }
  assert {
    condition     = aws_sqs_queue.dead_letters.kms_master_key_id == var.key_arn && aws_sqs_queue.dead_letters.message_retention_seconds == 1209600
    error_message = "Dead letters are encrypted, and kept for 14 days."
  }
  assert {
    condition     = [for statement in jsondecode(aws_sqs_queue_policy.dead_letters.policy).Statement : [statement.Effect, statement.Action, statement.Condition.Bool["aws:SecureTransport"]]] == [["Deny", "sqs:*", "false"]]
    error_message = "TLS only."
  }
  assert {
    condition = alltrue([
      for statement in jsondecode(aws_iam_role_policy.this.policy).Statement :
      alltrue([for word in concat(flatten([statement.Action]), flatten([statement.Resource])) : !strcontains(word, "*")])
    ])
    error_message = "No wildcard."
  }
  assert {
    condition     = [for statement in jsondecode(aws_iam_role.this.assume_role_policy).Statement : statement.Condition.StringEquals["aws:SourceAccount"]] == ["111122223333"]
    error_message = "Schedules of other accounts do not take the role."
  }
}
