mock_provider "aws" {
  source = "../../mocks"
}

variables {
  name       = "shopflow-test"
  bucket_arn = "arn:aws:s3:::the-data-bucket"
  account_id = "111122223333"
  key_arn    = "arn:aws:kms:eu-west-2:111122223333:key/11111111-2222-3333-4444-555555555555"
  queues = {
    requests = { visibility_timeout_seconds = 5400 }
    events   = { visibility_timeout_seconds = 1800, events_of_bucket = true }
  }
}

# Mocked values that distinguish the two queues and their dead-letter queues.
override_resource {
  target = aws_sqs_queue.this["requests"]
  values = { arn = "arn:aws:sqs:eu-west-2:111122223333:requests" }
}
override_resource {
  target = aws_sqs_queue.this["events"]
  values = { arn = "arn:aws:sqs:eu-west-2:111122223333:events" }
}
override_resource {
  target = aws_sqs_queue.dead_letters["requests"]
  values = { arn = "arn:aws:sqs:eu-west-2:111122223333:requests-dead-letters" }
}
override_resource {
  target = aws_sqs_queue.dead_letters["events"]
  values = { arn = "arn:aws:sqs:eu-west-2:111122223333:events-dead-letters" }
}

run "queues" {
  assert {
    condition = alltrue([
      for name in keys(var.queues) :
      jsondecode(aws_sqs_queue.this[name].redrive_policy) == { deadLetterTargetArn = "arn:aws:sqs:eu-west-2:111122223333:${name}-dead-letters", maxReceiveCount = 5 }
    ])
    error_message = "Each queue gives what came five times to its own dead letters."
  }
  assert {
    condition = alltrue([
      for name in keys(var.queues) :
      jsondecode(aws_sqs_queue_redrive_allow_policy.dead_letters[name].redrive_allow_policy) == { redrivePermission = "byQueue", sourceQueueArns = ["arn:aws:sqs:eu-west-2:111122223333:${name}"] }
    ])
    error_message = "A dead-letter queue accepts only the messages of its own queue."
  }
  assert {
    condition = alltrue([
      for policy in values(aws_sqs_queue_redrive_allow_policy.this) : jsondecode(policy.redrive_allow_policy).redrivePermission == "denyAll"
    ])
    error_message = "No working queue accepts dead letters."
  }
  assert {
    condition     = alltrue([for queue in concat(values(aws_sqs_queue.this), values(aws_sqs_queue.dead_letters)) : queue.kms_master_key_id == var.key_arn])
    error_message = "Queues and dead letters are encrypted with our key."
  }
  assert {
    condition     = alltrue([for name, queue in aws_sqs_queue.this : queue.visibility_timeout_seconds == var.queues[name].visibility_timeout_seconds])
    error_message = "The visibility timeout is the requested one."
  }
  assert {
    condition     = alltrue([for queue in values(aws_sqs_queue.dead_letters) : queue.message_retention_seconds == 1209600])
    error_message = "Dead letters are kept for 14 days."
  }
  assert {
    condition = alltrue([
      for policy in concat(values(aws_sqs_queue_policy.this), values(aws_sqs_queue_policy.dead_letters)) :
      anytrue([
        for statement in jsondecode(policy.policy).Statement :
        statement.Effect == "Deny" && statement.Principal == "*" && statement.Action == "sqs:*" && try(statement.Condition.Bool["aws:SecureTransport"], "") == "false"
      ])
    ])
    error_message = "TLS only."
  }
  assert {
    condition = flatten([
      for name, policy in merge(aws_sqs_queue_policy.this, { for name, policy in aws_sqs_queue_policy.dead_letters : "${name}-dead-letters" => policy }) : [
        for statement in jsondecode(policy.policy).Statement : [name, statement.Principal.Service, statement.Action, statement.Resource] if statement.Effect == "Allow"
      ]
    ]) == ["events", "s3.amazonaws.com", "sqs:SendMessage", "arn:aws:sqs:eu-west-2:111122223333:events"]
    error_message = "A queue accepts messages only from S3, and only events of the bucket."
  }
  assert {
    condition = alltrue(flatten([
      for policy in values(aws_sqs_queue_policy.this) : [
        for statement in jsondecode(policy.policy).Statement :
        statement.Condition == {
          ArnEquals    = { "aws:SourceArn" = var.bucket_arn }
          StringEquals = { "aws:SourceAccount" = var.account_id }
        } if statement.Effect == "Allow"
      ]
    ]))
    error_message = "S3 sends for our bucket alone."
  }
}

run "more_than_twelve_hours_are_refused" {
  command = plan
  variables {
    queues = { requests = { visibility_timeout_seconds = 43201 } }
  }
  expect_failures = [var.queues]
}
