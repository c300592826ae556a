# How the state machine of backfills is joined to the rest of the stack.

mock_provider "aws" {
  source = "../../mocks"
}

# Ephemeral resources cannot be mocked; there are none here, so this one is never called.
provider "aws" {
  alias                       = "ephemeral"
  region                      = "eu-west-2"
  access_key                  = "none"
  secret_key                  = "none"
  skip_credentials_validation = true
  skip_metadata_api_check     = true
  skip_region_validation      = true
  skip_requesting_account_id  = true
}

variables {
  packages           = "tests/packages"
  make_secret_values = false
}

# The mocked queues are all alike.
override_module {
  target = module.queues
  outputs = {
    queues = {
      for name in ["extract-requests", "raw-events", "clean-events"] : name => {
        arn              = "arn:aws:sqs:eu-west-2:111122223333:${name}"
        url              = "https://sqs.eu-west-2.amazonaws.com/111122223333/${name}"
        name             = name
        dead_letter_arn  = "arn:aws:sqs:eu-west-2:111122223333:${name}-dead-letters"
        dead_letter_name = "${name}-dead-letters"
      }
    }
  }
}

run "joined" {
  assert {
    condition = {
      for statement in jsondecode(module.backfill[0].policy).Statement : statement.Sid => statement.Resource if contains(["InvokeFunction", "RequestRuns", "Notify", "KeyForMessages", "KeyForNotifications"], statement.Sid)
      } == {
      InvokeFunction      = [module.function["backfill"].alias_arn]
      RequestRuns         = ["arn:aws:sqs:eu-west-2:111122223333:extract-requests"]
      Notify              = [module.monitoring[0].topic_arn]
      KeyForMessages      = [module.key.arn]
      KeyForNotifications = [module.key.arn]
    }
    error_message = "It invokes, requests or notifies another target."
  }
  assert {
    condition     = length(aws_sns_topic.backfills) == 0
    error_message = "There is a topic too many: the alarms have one."
  }
  assert {
    condition     = module.backfill[0].log_group_name == "/aws/vendedlogs/states/${local.name}-backfill"
    error_message = "The state machine is not named as the alarm backfill-failed expects it."
  }
  assert {
    condition     = !contains([for function in values(module.function) : function.role_name], module.backfill[0].role_name)
    error_message = "A function's role has the name already, which IAM gives only once."
  }
  assert {
    condition     = output.backfill_state_machine_arn == module.backfill[0].state_machine_arn
    error_message = "The outputs lack the state machine to start."
  }
  assert {
    condition     = !contains(keys(local.functions.backfill.references), "SHOPFLOW_EXTRACT_REQUESTS_QUEUE_URL") && local.functions.backfill.references["SHOPFLOW_DATABASE_SECRET"] == "secret/dashboard"
    error_message = "The function only reads: Step Functions sends the requests."
  }
}

run "without_alarms" {
  variables {
    monitoring_enabled = false
  }
  assert {
    condition     = aws_sns_topic.backfills[0].kms_master_key_id == module.key.arn
    error_message = "Without the alarms' topic there is one of its own, encrypted."
  }
  assert {
    condition     = [for statement in jsondecode(module.backfill[0].policy).Statement : statement.Resource if statement.Sid == "Notify"] == [[aws_sns_topic.backfills[0].arn]]
    error_message = "The end of a backfill is not published."
  }
}

run "without_backfills" {
  variables {
    backfill_enabled = false
  }
  assert {
    condition     = length(module.backfill) == 0 && length(aws_sns_topic.backfills) == 0 && output.backfill_state_machine_arn == null
    error_message = "There is a state machine where none is wanted."
  }
}
