mock_provider "aws" {
  source          = "../../mocks"
  override_during = plan
}

variables {
  name                  = "shopflow-test-load"
  description           = "Loads clean parts into the warehouse"
  package               = "tests/function.zip"
  runtime               = "provided.al2023"
  architecture          = "arm64"
  memory_megabytes      = 512
  timeout_seconds       = 600
  environment           = { SHOPFLOW_ENVIRONMENT = "test" }
  policy                = "{\"Version\":\"2012-10-17\",\"Statement\":[]}"
  event_source          = { queue_arn = "arn:aws:sqs:eu-west-2:111122223333:clean-events", batch_size = 4, maximum_concurrency = 4 }
  network               = { subnet_ids = ["subnet-1", "subnet-2"], security_group_ids = ["sg-1"] }
  log_retention_in_days = 30
  key_arn               = "arn:aws:kms:eu-west-2:111122223333:key/11111111-2222-3333-4444-555555555555"
}

run "native" {
  command = plan

  assert {
    condition     = aws_lambda_function.this.runtime == "provided.al2023" && aws_lambda_function.this.handler == "bootstrap" && length(aws_lambda_function.this.snap_start) == 0
    error_message = "A native package is started by its bootstrap, without a snapshot."
  }
  assert {
    condition     = aws_lambda_function.this.architectures == tolist(["arm64"])
    error_message = "The architecture is the package's."
  }
  assert {
    condition     = aws_lambda_function.this.memory_size == 512 && aws_lambda_function.this.timeout == 600 && aws_lambda_function.this.reserved_concurrent_executions == -1
    error_message = "The size is the requested one."
  }
  assert {
    condition     = aws_lambda_function.this.ephemeral_storage[0].size == 512
    error_message = "Temporary files have Lambda's default."
  }
  assert {
    condition     = aws_lambda_function.this.publish && aws_lambda_alias.live.name == "live" && aws_lambda_alias.live.function_version == aws_lambda_function.this.version
    error_message = "Each version is published, and the newest is live."
  }
  assert {
    condition     = aws_lambda_function.this.tracing_config[0].mode == "Active"
    error_message = "Invocations are traced."
  }
  assert {
    condition     = aws_cloudwatch_log_group.this.name == "/aws/lambda/shopflow-test-load" && aws_lambda_function.this.logging_config[0].log_group == aws_cloudwatch_log_group.this.name
    error_message = "The function logs to its own group."
  }
  assert {
    condition     = aws_lambda_function.this.logging_config[0].log_format == "Text"
    error_message = "Lambda must not wrap the functions' own JSON."
  }
  assert {
    condition     = aws_cloudwatch_log_group.this.retention_in_days == 30
    error_message = "Logs have a retention."
  }
  assert {
    condition     = aws_cloudwatch_log_group.this.kms_key_id == var.key_arn
    error_message = "Logs are encrypted with our key."
  }
  assert {
    condition     = aws_lambda_event_source_mapping.this[0].function_response_types == toset(["ReportBatchItemFailures"])
    error_message = "One bad message must not bring its batch back."
  }
  assert {
    condition     = aws_lambda_event_source_mapping.this[0].scaling_config[0].maximum_concurrency == 4 && aws_lambda_event_source_mapping.this[0].batch_size == 4
    error_message = "Concurrency is bounded where the queue is read, so that messages do not die of throttling."
  }
  assert {
    condition     = aws_lambda_event_source_mapping.this[0].function_name == aws_lambda_alias.live.arn
    error_message = "The queue calls what is live."
  }
  assert {
    condition     = aws_lambda_function.this.vpc_config[0].subnet_ids == toset(["subnet-1", "subnet-2"]) && aws_lambda_function.this.vpc_config[0].security_group_ids == toset(["sg-1"])
    error_message = "The function is where the database is."
  }
  assert {
    condition     = aws_iam_role_policy.this.policy == var.policy && aws_iam_role_policy.this.role == aws_iam_role.this.name && aws_lambda_function.this.role == aws_iam_role.this.arn
    error_message = "The function's role has its policy."
  }
  assert {
    condition     = [for statement in jsondecode(aws_iam_role.this.assume_role_policy).Statement : statement.Principal] == [{ Service = "lambda.amazonaws.com" }]
    error_message = "Lambda alone takes the role."
  }
  assert {
    condition     = [for statement in jsondecode(aws_iam_role.this.assume_role_policy).Statement : statement.Condition] == [{ StringEquals = { "aws:SourceAccount" = "111122223333" } }]
    error_message = "Lambda takes the role for this account only."
  }
}

run "java" {
  command = plan
  variables {
    runtime      = "java21"
    architecture = "x86_64"
    event_source = null
    network      = null
    live_version = "3"
  }
  assert {
    condition     = aws_lambda_function.this.runtime == "java21" && aws_lambda_function.this.handler == "io.quarkus.funqy.lambda.FunqyStreamHandler::handleRequest"
    error_message = "The managed runtime calls Funqy's handler."
  }
  assert {
    condition     = [for snapshot in aws_lambda_function.this.snap_start : snapshot.apply_on] == ["PublishedVersions"]
    error_message = "The JVM starts from a snapshot."
  }
  assert {
    condition     = aws_lambda_function.this.architectures == tolist(["x86_64"])
    error_message = "The architecture is a variable."
  }
  assert {
    condition     = length(aws_lambda_event_source_mapping.this) == 0 && length(aws_lambda_function.this.vpc_config) == 0
    error_message = "Neither queue nor network where there is none."
  }
  assert {
    condition     = aws_lambda_alias.live.function_version == "3"
    error_message = "The alias can be moved back."
  }
}

run "a_secret_in_the_environment_is_refused" {
  command = plan
  variables {
    environment = { SHOPFLOW_LOADER_PASSWORD = "secret" }
  }
  expect_failures = [var.environment]
}

run "logs_for_ever_are_refused" {
  command = plan
  variables {
    log_retention_in_days = 0
  }
  expect_failures = [var.log_retention_in_days]
}

run "more_temporary_files" {
  command = plan
  variables {
    runtime                     = "java21"
    ephemeral_storage_megabytes = 2048
  }
  assert {
    condition     = aws_lambda_function.this.ephemeral_storage[0].size == 2048 && length(aws_lambda_function.this.snap_start) == 0
    error_message = "SnapStart does not support more than 512 MB of temporary files."
  }
}

run "too_many_temporary_files" {
  command = plan
  variables {
    ephemeral_storage_megabytes = 10241
  }
  expect_failures = [var.ephemeral_storage_megabytes]
}
