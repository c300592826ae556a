# The state machine as Step Functions gets it, and its role.

mock_provider "aws" {
  mock_resource "aws_iam_role" {
    defaults = { arn = "arn:aws:iam::111122223333:role/a-role" }
  }
  mock_resource "aws_cloudwatch_log_group" {
    defaults = { arn = "arn:aws:logs:eu-west-2:111122223333:log-group:a-log-group" }
  }
}

variables {
  name                  = "shopflow-test"
  function              = { alias_arn = "arn:aws:lambda:eu-west-2:111122223333:function:shopflow-test-backfill:live", timeout_seconds = 120 }
  queue                 = { arn = "arn:aws:sqs:eu-west-2:111122223333:shopflow-test-extract-requests", url = "https://sqs.eu-west-2.amazonaws.com/111122223333/shopflow-test-extract-requests" }
  topic_arn             = "arn:aws:sns:eu-west-2:111122223333:shopflow-test-alarms"
  key_arn               = "arn:aws:kms:eu-west-2:111122223333:key/11111111-2222-3333-4444-555555555555"
  log_retention_in_days = 30
  account_id            = "111122223333"
  partition             = "aws"
  region                = "eu-west-2"
  retries               = 3
  windows_at_a_time     = 7
}

# The sets of states that name each other: the state machine's own and those of each window.
run "states" {
  assert {
    condition = alltrue([
      for machine in [jsondecode(local.definition), jsondecode(local.definition).States.Windows.ItemProcessor] : contains(keys(machine.States), machine.StartAt)
    ])
    error_message = "It starts at a state that does not exist."
  }

  assert {
    condition = alltrue(flatten([
      for machine in [jsondecode(local.definition), jsondecode(local.definition).States.Windows.ItemProcessor] : [
        for state in machine.States : [
          for next in concat(
            [for field in ["Next", "Default"] : state[field] if contains(keys(state), field)],
            [for choice in try(state.Choices, []) : choice.Next],
            [for catch in try(state.Catch, []) : catch.Next],
          ) : contains(keys(machine.States), next)
        ]
      ]
    ]))
    error_message = "A state's next state does not exist."
  }

  assert {
    condition = alltrue(flatten([
      for machine in [jsondecode(local.definition), jsondecode(local.definition).States.Windows.ItemProcessor] : [
        for name in keys(machine.States) : name == machine.StartAt || contains(flatten([
          for state in machine.States : concat(
            [for field in ["Next", "Default"] : state[field] if contains(keys(state), field)],
            [for choice in try(state.Choices, []) : choice.Next],
            [for catch in try(state.Catch, []) : catch.Next],
          )
        ]), name)
      ]
    ]))
    error_message = "There is a state that nothing leads to."
  }

  assert {
    condition = alltrue(flatten([
      for machine in [jsondecode(local.definition), jsondecode(local.definition).States.Windows.ItemProcessor] : [
        for state in machine.States : anytrue([
          contains(["Choice", "Succeed", "Fail"], state.Type),
          contains(keys(state), "Next"),
          try(state.End, false),
        ])
      ]
    ]))
    error_message = "A state has no next state and is no end."
  }

  assert {
    condition = alltrue(flatten([
      for machine in [jsondecode(local.definition), jsondecode(local.definition).States.Windows.ItemProcessor] : [
        for state in machine.States : try(alltrue([
          state.Retry[0].MaxAttempts > 0,
          state.Retry[0].BackoffRate > 1,
          contains(state.Retry[0].ErrorEquals, "States.ALL"),
          contains(state.Catch[0].ErrorEquals, "States.ALL"),
          state.TimeoutSeconds > 0,
        ]), false) if state.Type == "Task"
      ]
    ]))
    error_message = "A task is not tried again, not caught or has no timeout."
  }

  assert {
    condition     = length([for state in jsondecode(local.definition).States : state if state.Type == "Map" && contains(keys(state), "Catch")]) == 1
    error_message = "A failed map of windows is not published."
  }

  # Every failure is published: Failed is reached only through a notification.
  assert {
    condition = alltrue([
      for name, state in jsondecode(local.definition).States : startswith(name, "Notify")
      if contains(concat([try(state.Next, ""), try(state.Default, "")], [for choice in try(state.Choices, []) : choice.Next], [for catch in try(state.Catch, []) : catch.Next]), "Failed")
    ])
    error_message = "A backfill can fail without a notification."
  }

  assert {
    condition     = try(jsondecode(local.definition).States.Failed.CausePath, "") == "States.JsonToString($)"
    error_message = "describe-execution does not have the reason."
  }

  assert {
    condition = alltrue([
      for name, state in jsondecode(local.definition).States : alltrue([for catch in try(state.Catch, []) : contains(["NotifyError", "NotificationFailed"], catch.Next)])
    ])
    error_message = "An error leads elsewhere than to a notification."
  }
}

run "values" {
  assert {
    condition     = aws_sfn_state_machine.this.type == "STANDARD" && aws_sfn_state_machine.this.name == "shopflow-test-backfill"
    error_message = "Executions of a year do not fit into an express workflow's five minutes."
  }

  assert {
    condition = (jsondecode(local.definition).States.Windows.MaxConcurrency == 7
      && jsondecode(local.definition).States.Windows.ItemProcessor.ProcessorConfig == { Mode = "DISTRIBUTED", ExecutionType = "STANDARD" }
    && jsondecode(local.definition).States.Windows.ToleratedFailurePercentage == 100)
    error_message = "One window's failure would end the others, or more run at a time than requested."
  }

  assert {
    condition = alltrue([
      for name in ["Plan", "Verify"] : jsondecode(local.definition).States[name].Parameters.FunctionName == var.function.alias_arn
    ]) && jsondecode(local.definition).States.Windows.ItemProcessor.States.Progress.Parameters.FunctionName == var.function.alias_arn
    error_message = "A version other than the live one is invoked."
  }

  # Names as the records ExtractRequest, BackfillRequest and BackfillReply have them.
  assert {
    condition     = toset(keys(jsondecode(local.definition).States.Windows.ItemProcessor.States.Request.Parameters.MessageBody)) == toset(["source.$", "runId.$", "since.$", "until.$", "wholeLists.$", "full"])
    error_message = "The request is none that extract knows."
  }

  assert {
    condition     = jsondecode(local.definition).States.Windows.ItemProcessor.States.Request.Parameters.QueueUrl == var.queue.url
    error_message = "Requests go to another queue."
  }

  assert {
    condition = (jsondecode(local.definition).States.Verify.Parameters.Payload.retries == 3
    && jsondecode(local.definition).States.Windows.ItemProcessor.States.Judge.Choices[1].And[1].NumericLessThan == 3)
    error_message = "Verify expects fewer or more runs than were requested."
  }

  # The wait for a window has an end.
  assert {
    condition     = jsondecode(local.definition).States.Windows.ItemProcessor.States.Judge.Choices[3].NumericGreaterThanEquals == 720
    error_message = "Twelve hours at a look a minute are 720 looks."
  }

  assert {
    condition     = aws_sfn_state_machine.this.tracing_configuration[0].enabled && aws_sfn_state_machine.this.logging_configuration[0].level == "ERROR"
    error_message = "It is neither traced nor logged."
  }

  assert {
    condition     = aws_cloudwatch_log_group.this.kms_key_id == var.key_arn && aws_cloudwatch_log_group.this.retention_in_days == 30
    error_message = "Its log is not encrypted with our key, or kept for ever."
  }
}

run "role" {
  assert {
    condition     = length(flatten([for statement in jsondecode(aws_iam_role_policy.this.policy).Statement : [for action in statement.Action : action if strcontains(action, "*")]])) == 0
    error_message = "An action with a wildcard."
  }

  assert {
    condition     = toset([for statement in jsondecode(aws_iam_role_policy.this.policy).Statement : statement.Sid if contains(statement.Resource, "*")]) == toset(["DeliverLogs", "Traces"])
    error_message = "Only deliveries of logs and traces have no resource level."
  }

  assert {
    condition = [
      for statement in jsondecode(aws_iam_role_policy.this.policy).Statement : { resource = statement.Resource, via = statement.Condition.StringEquals["kms:ViaService"] }
      if anytrue([for action in statement.Action : startswith(action, "kms:")])
      ] == [
      { resource = [var.key_arn], via = ["sqs.eu-west-2.amazonaws.com"] },
      { resource = [var.key_arn], via = ["sns.eu-west-2.amazonaws.com"] },
    ]
    error_message = "A key can be used for something else than messages and notifications."
  }

  assert {
    condition = {
      for statement in jsondecode(aws_iam_role_policy.this.policy).Statement : statement.Sid => statement.Resource if contains(["InvokeFunction", "RequestRuns", "Notify", "StartWindows"], statement.Sid)
      } == {
      InvokeFunction = [var.function.alias_arn]
      RequestRuns    = [var.queue.arn]
      Notify         = [var.topic_arn]
      StartWindows   = ["arn:aws:states:eu-west-2:111122223333:stateMachine:shopflow-test-backfill"]
    }
    error_message = "It may call, send, publish or start something else."
  }

  assert {
    condition     = jsondecode(aws_iam_role.this.assume_role_policy).Statement[0].Principal == { Service = "states.amazonaws.com" } && jsondecode(aws_iam_role.this.assume_role_policy).Statement[0].Condition.StringEquals["aws:SourceAccount"] == "111122223333"
    error_message = "Another service may assume the role."
  }
}

run "looks_without_an_end_are_refused" {
  command = plan
  variables {
    window_hours       = 24
    look_every_seconds = 10
  }
  expect_failures = [var.window_hours]
}

run "no_window_at_a_time_is_refused" {
  command = plan
  variables {
    windows_at_a_time = 0
  }
  expect_failures = [var.windows_at_a_time]
}
