# The path of a notification from the bucket to the topic, and the roles on it.

mock_provider "aws" {
  override_during = plan

  mock_resource "aws_iam_role" {
    defaults = { arn = "arn:aws:iam::111122223333:role/a-role" }
  }
  mock_resource "aws_sns_topic" {
    defaults = { arn = "arn:aws:sns:eu-west-2:111122223333:shopflow-test-runs" }
  }
  mock_resource "aws_sfn_state_machine" {
    defaults = { arn = "arn:aws:states:eu-west-2:111122223333:stateMachine:shopflow-test-notifications" }
  }
}

variables {
  name        = "shopflow-test"
  environment = "test"
  bucket_name = "the-data-bucket"
  bucket_arn  = "arn:aws:s3:::the-data-bucket"
  emails      = ["analyst@example.com"]
  key_arn     = "arn:aws:kms:eu-west-2:111122223333:key/11111111-2222-3333-4444-555555555555"
  account_id  = "111122223333"
  partition   = "aws"
  region      = "eu-west-2"
}

run "path" {
  command = plan

  assert {
    condition = jsondecode(aws_cloudwatch_event_rule.notification.event_pattern) == {
      source      = ["aws.s3"]
      detail-type = ["Object Created"]
      detail = {
        bucket = { name = ["the-data-bucket"] }
        object = { key = [{ prefix = "notifications/" }] }
      }
    }
    error_message = "Another event than that of a notification starts the state machine."
  }
  assert {
    condition = (
      aws_cloudwatch_event_target.state_machine.arn == aws_sfn_state_machine.this.arn
      && aws_cloudwatch_event_target.state_machine.rule == output.rule_name
      && aws_cloudwatch_event_target.state_machine.retry_policy[0].maximum_event_age_in_seconds == 86400
    )
    error_message = "The rule starts something else, or gives up within a day."
  }
  assert {
    condition     = aws_sfn_state_machine.this.type == "STANDARD" && output.state_machine_arn == aws_sfn_state_machine.this.arn
    error_message = "An express workflow cannot retry for longer than five minutes, and has no history."
  }
  assert {
    condition     = jsondecode(local.definition).StartAt == "Read" && jsondecode(local.definition).States.Read.Next == "Forms" && jsondecode(local.definition).States.Forms.Next == "Publish" && jsondecode(local.definition).States.Publish.End
    error_message = "The states are not reached in their order."
  }
  assert {
    condition = alltrue([
      for state in jsondecode(local.definition).States :
      try(contains(state.Retry[0].ErrorEquals, "States.ALL") && state.Retry[0].MaxAttempts > 3 && state.Retry[0].BackoffRate > 1 && state.TimeoutSeconds > 0, false) if state.Type == "Task"
    ])
    error_message = "A call is not retried, or has no timeout."
  }
  # The fields of the object as NotificationText writes them.
  assert {
    condition = jsondecode(local.definition).States.Forms.Parameters == {
      "default.$" = "$.notification.text"
      "email.$"   = "$.notification.text"
      "https.$"   = "States.JsonToString($.notification.chat)"
    }
    error_message = "Mail gets another form than text, or the chats another than theirs."
  }
  assert {
    condition = (
      jsondecode(local.definition).States.Publish.Parameters.TopicArn == aws_sns_topic.this.arn
      && jsondecode(local.definition).States.Publish.Parameters.MessageStructure == "json"
      && jsondecode(local.definition).States.Publish.Parameters["Subject.$"] == "$.notification.subject"
    )
    error_message = "It publishes to another topic, or one form to all."
  }
  assert {
    condition     = { for name, attribute in jsondecode(local.definition).States.Publish.Parameters.MessageAttributes : name => attribute["StringValue.$"] } == { run_id = "$.notification.runId", source = "$.notification.source", status = "$.notification.status" }
    error_message = "Subscribers cannot recognise a repeat, or filter."
  }
}

run "topic" {
  command = plan

  assert {
    condition     = aws_sns_topic.this.kms_master_key_id == var.key_arn
    error_message = "Messages are not encrypted with our key."
  }
  assert {
    condition     = jsondecode(aws_sns_topic_policy.this.policy).Statement[0].Effect == "Deny" && length(jsondecode(aws_sns_topic_policy.this.policy).Statement) == 1
    error_message = "The topic's policy allows something; only the role of the state machine publishes."
  }
  assert {
    condition     = aws_sns_topic_subscription.email["analyst@example.com"].protocol == "email"
    error_message = "E-mail addresses are not subscribed, or get JSON."
  }
}

run "roles" {
  command = plan

  assert {
    condition = {
      for statement in jsondecode(aws_iam_role_policy.state_machine.policy).Statement : statement.Sid => [statement.Action, statement.Resource, try(statement.Condition.StringEquals["kms:ViaService"], [])]
      } == {
      ReadNotifications   = [["s3:GetObject"], ["arn:aws:s3:::the-data-bucket/notifications/*"], []]
      KeyForObjects       = [["kms:Decrypt"], [var.key_arn], ["s3.eu-west-2.amazonaws.com"]]
      Notify              = [["sns:Publish"], [aws_sns_topic.this.arn], []]
      KeyForNotifications = [["kms:Decrypt", "kms:GenerateDataKey"], [var.key_arn], ["sns.eu-west-2.amazonaws.com"]]
    }
    error_message = "The state machine may do more than read notifications and publish them."
  }
  assert {
    condition     = [for statement in jsondecode(aws_iam_role_policy.rule.policy).Statement : [statement.Action, statement.Resource]] == [[["states:StartExecution"], [output.state_machine_arn]]]
    error_message = "The rule may start something else."
  }
  assert {
    condition = alltrue([
      for role, service in { state_machine = "states", rule = "events" } :
      jsondecode(role == "rule" ? aws_iam_role.rule.assume_role_policy : aws_iam_role.state_machine.assume_role_policy).Statement[0].Principal == { Service = "${service}.amazonaws.com" }
      && jsondecode(role == "rule" ? aws_iam_role.rule.assume_role_policy : aws_iam_role.state_machine.assume_role_policy).Statement[0].Condition.StringEquals["aws:SourceAccount"] == "111122223333"
    ])
    error_message = "Another service or account may assume a role."
  }
}

run "no_address_is_refused" {
  command = plan
  variables {
    emails = ["nobody"]
  }
  expect_failures = [var.emails]
}
