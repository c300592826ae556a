# Run with the variables of each environment in turn.

mock_provider "aws" {
  source          = "../../mocks"
  override_during = plan
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

run "stack" {
  command = plan

  # Permissions

  assert {
    condition     = toset(keys(local.permissions)) == toset(keys(local.functions))
    error_message = "permissions.json has the permissions of each function, and of nothing else."
  }
  assert {
    condition = alltrue(flatten([
      for policy in values(local.policies) : [
        for statement in jsondecode(policy).Statement : [for action in statement.Action : !strcontains(action, "*")]
      ]
    ]))
    error_message = "Actions are named one by one."
  }
  assert {
    # X-Ray has no resources, and network interfaces are made before there is one to name. That is the whole list.
    condition = length(setsubtract(flatten([
      for policy in values(local.policies) : [
        for statement in jsondecode(policy).Statement : statement.Action
        if statement.Effect == "Allow" && contains(statement.Resource, "*")
      ]
      ]), [
      "xray:PutTraceSegments", "xray:PutTelemetryRecords",
      "ec2:CreateNetworkInterface", "ec2:DescribeNetworkInterfaces", "ec2:DescribeSubnets", "ec2:DeleteNetworkInterface",
      "ec2:AssignPrivateIpAddresses", "ec2:UnassignPrivateIpAddresses",
    ])) == 0
    error_message = "Only X-Ray and network interfaces are allowed without a resource."
  }
  assert {
    condition = alltrue(flatten([
      for permissions in values(local.permissions) : [
        for permission in permissions : length(permission.reason) > 0 if contains(keys(permission), "resources")
      ]
    ]))
    error_message = "A permission without a resource has a reason."
  }
  assert {
    condition = alltrue(flatten([
      for policy in values(local.policies) : [
        for statement in jsondecode(policy).Statement : !contains(statement.Resource, "arn:aws:s3:::the-data-bucket/*")
      ]
    ]))
    error_message = "No role has access to the whole bucket."
  }
  assert {
    condition = alltrue(flatten([
      for policy in values(local.policies) : [
        for statement in jsondecode(policy).Statement :
        try(length(merge(try(statement.Condition.StringLike, {}), try(statement.Condition.StringLikeIfExists, {}))["s3:prefix"]) > 0, false) if contains(statement.Action, "s3:ListBucket")
      ]
    ]))
    error_message = "The bucket is listed by prefix."
  }
  assert {
    condition = alltrue(flatten([
      for policy in values(local.policies) : [
        for statement in jsondecode(policy).Statement :
        statement.Resource == [module.key.arn] && try(length(statement.Condition.StringEquals["kms:ViaService"]), 0) == 1
        if anytrue([for action in statement.Action : startswith(action, "kms:")])
      ]
    ]))
    error_message = "The key is used through a service."
  }
  assert {
    condition = alltrue([
      for name, policy in local.policies : anytrue([
        for statement in jsondecode(policy).Statement :
        statement.Effect == "Deny" && contains(statement.Action, "ec2:CreateNetworkInterface") && try(statement.Condition.ArnEquals["lambda:SourceFunctionArn"], []) == ["arn:aws:lambda:${var.region}:111122223333:function:shopflow-${var.environment}-${name}"]
      ]) if local.functions[name].in_network
    ])
    error_message = "Network interfaces are Lambda's to make, not the function's."
  }
  assert {
    condition = alltrue([
      for name, policy in local.policies : anytrue([
        for statement in jsondecode(policy).Statement :
        contains(statement.Action, "logs:PutLogEvents") && statement.Resource == ["arn:aws:logs:${var.region}:111122223333:log-group:/aws/lambda/shopflow-${var.environment}-${name}:*"]
      ])
    ])
    error_message = "A function logs to its own group."
  }
  assert {
    condition = alltrue([
      for name, function in local.functions : anytrue([
        for permission in local.permissions[name] :
        contains(permission.actions, "sqs:ReceiveMessage") && join(",", lookup(permission, "queues", [])) == function.queue.name
      ]) if function.queue != null
    ])
    error_message = "A function receives from its own queue."
  }

  # Queues

  assert {
    condition = alltrue([
      for name, function in local.functions :
      local.queues[function.queue.name].visibility_timeout_seconds >= 6 * local.sizes[name].timeout_seconds if function.queue != null
    ])
    error_message = "A message is hidden for six times the function's timeout at least."
  }
  assert {
    condition     = alltrue([for queue in values(module.queues.queues) : queue.dead_letter_name == "${queue.name}-dead-letters"])
    error_message = "Each queue has dead letters."
  }
  assert {
    condition     = toset([for name, queue in local.queues : name if queue.events_of_bucket]) == toset(["raw-events", "clean-events"])
    error_message = "The bucket sends events of raw and clean parts."
  }

  # Functions

  assert {
    condition     = toset([for function in values(module.function) : function.name]) == toset([for name in ["extract", "transform", "load", "migrate", "backfill"] : "shopflow-${var.environment}-${name}"])
    error_message = "The functions have the stack's name before theirs."
  }
  assert {
    condition     = alltrue([for environment in values(local.environments) : environment["SHOPFLOW_ENVIRONMENT"] == var.environment])
    error_message = "Functions know in which environment they are."
  }
  assert {
    condition     = tonumber(trimsuffix(local.environments.extract["SHOPFLOW_EXTRACT_LEASE"], "S")) > tonumber(trimsuffix(local.environments.extract["SHOPFLOW_EXTRACT_TIMEOUT"], "S")) && local.environments.extract["SHOPFLOW_EXTRACT_TIMEOUT"] == "${local.sizes.extract.timeout_seconds}S"
    error_message = "A source is leased for longer than an invocation can last."
  }
  assert {
    condition     = alltrue(flatten([for environment in values(local.environments) : [for name in keys(environment) : !strcontains(name, "ENDPOINT") && !strcontains(name, "PATH_STYLE")]]))
    error_message = "Functions on AWS have AWS's own endpoints."
  }
  assert {
    condition     = alltrue(flatten([for environment in values(local.environments) : [for name, value in environment : endswith(value, "sslmode=require") if endswith(name, "JDBC_URL")]]))
    error_message = "TLS to the database."
  }
  assert {
    condition     = toset([for name, environment in local.environments : name if contains(keys(environment), "QUARKUS_DATASOURCE_JDBC_URL")]) == toset([for name, function in local.functions : name if function.in_network])
    error_message = "Exactly the functions that need the database are in its network."
  }
  assert {
    condition     = [for name, environment in local.environments : name if contains(values(environment), local.database.master_secret_arn)] == ["migrate"]
    error_message = "Migrate alone has the owner's password."
  }

  assert {
    condition     = strcontains(local.functions.transform.description, var.pseudonym_key_id)
    error_message = "Another pseudonym key is another version of transform."
  }

  # Migration

  assert {
    condition     = aws_lambda_invocation.migrate.function_name == "shopflow-${var.environment}-migrate" && aws_lambda_invocation.migrate.qualifier == module.function["migrate"].version
    error_message = "The apply invokes the new version of migrate."
  }
  assert {
    condition     = aws_lambda_invocation.migrate.triggers.package == filebase64sha256("tests/packages/migrate.zip")
    error_message = "Another package is another migration."
  }

  # Everything

  assert {
    condition     = local.tags == { project = "shopflow", environment = var.environment, managed-by = "terraform", stack = "shopflow-${var.environment}" }
    error_message = "Resources have the tags of their stack."
  }
  assert {
    condition     = alltrue([for condition in values(local.key_services) : strcontains(jsonencode(condition), "111122223333")])
    error_message = "Services use the key for this account alone."
  }
  assert {
    condition     = length(module.schedule) == 1 && module.schedule[0].dead_letter_name == "shopflow-${var.environment}-schedule-dead-letters"
    error_message = "Sources are run by a schedule with dead letters."
  }

  # Where the data is that cannot be made again

  assert {
    condition     = var.environment == "dev" || (module.database[0].deletion_protection && var.deletion_protection)
    error_message = "Staging and prod are protected against deletion."
  }
  assert {
    condition     = var.environment != "prod" || module.database[0].multi_az
    error_message = "Prod's database has a standby."
  }
  assert {
    condition     = module.database[0].backup_retention_days >= (var.environment == "prod" ? 30 : 1)
    error_message = "Backups: 30 days in prod, and never none."
  }
  assert {
    condition     = var.environment != "prod" || (var.database.enhanced_monitoring && var.database.performance_insights)
    error_message = "Prod is watched closely."
  }
  assert {
    condition     = var.network.flow_logs
    error_message = "Each environment has flow logs."
  }
  assert {
    condition     = local.permissions_boundary_arn == "arn:aws:iam::111122223333:policy/shopflow-${var.environment}-boundary"
    error_message = "Roles are bounded by the policy of the bootstrap."
  }
}
