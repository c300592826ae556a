# What GitHub's tokens open, and what they do not.

mock_provider "aws" {
  source          = "../mocks"
  override_during = plan

  mock_resource "aws_iam_openid_connect_provider" {
    defaults = { arn = "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com" }
  }
}

variables {
  region = "eu-west-2"
}

run "nobody_unless_named" {
  command = plan

  assert {
    condition     = length(aws_iam_openid_connect_provider.github) == 0 && length(aws_iam_role.deploy) == 0 && length(aws_iam_role.plan) == 0
    error_message = "Without a repository, GitHub gets nothing."
  }
}

run "needs" {
  module {
    source = "./tests/needs"
  }

  assert {
    condition     = length(output.types) > 50 && output.services != null && output.attached != null
    error_message = "The stack's modules are read."
  }
  assert {
    condition     = length(output.unknown_types) == 0
    error_message = "tests/needs lists the calls of each type that PowerUserAccess leaves out."
  }
}

run "one_repository" {
  command = plan

  variables {
    github_repository = "acme/shopflow"
  }

  assert {
    condition = alltrue([
      for name, role in aws_iam_role.deploy :
      jsondecode(role.assume_role_policy).Statement[0].Condition.StringEquals["token.actions.githubusercontent.com:sub"] == "repo:acme/shopflow:environment:${name}"
    ]) && length(aws_iam_role.deploy) == 3
    error_message = "An environment's role is for jobs of that environment of that repository, which its reviewers approve."
  }

  assert {
    condition     = jsondecode(aws_iam_role.plan[0].assume_role_policy).Statement[0].Condition.StringEquals["token.actions.githubusercontent.com:sub"] == "repo:acme/shopflow:pull_request"
    error_message = "The plan's role is for pull requests."
  }

  assert {
    condition = alltrue([
      for role in concat(values(aws_iam_role.deploy), aws_iam_role.plan) :
      keys(jsondecode(role.assume_role_policy).Statement[0].Condition) == ["StringEquals"]
      && jsondecode(role.assume_role_policy).Statement[0].Condition.StringEquals["token.actions.githubusercontent.com:aud"] == "sts.amazonaws.com"
    ])
    error_message = "No pattern in who is trusted, and only tokens made for AWS."
  }

  assert {
    condition = alltrue([
      for name, policy in aws_iam_role_policy.deploy_roles : alltrue([
        for statement in jsondecode(policy.policy).Statement :
        startswith(statement.Resource, "arn:aws:iam::111122223333:role/shopflow-${name}-") && !contains(flatten([statement.Action]), "iam:*")
      ])
    ])
    error_message = "A deployment changes the roles of its own environment only."
  }

  assert {
    condition = alltrue([
      for name, policy in aws_iam_role_policy.deploy_roles : anytrue([
        for statement in jsondecode(policy.policy).Statement :
        statement.Effect == "Deny" && statement.Resource == "arn:aws:iam::111122223333:role/shopflow-${name}-deploy" && contains(flatten([statement.Action]), "iam:PutRolePolicy")
      ])
    ])
    error_message = "A deployment cannot widen its own role."
  }

  # Incident: prod's enhanced monitoring attaches a policy, which no deployment could.
  assert {
    condition = alltrue([
      for policy in values(aws_iam_role_policy.deploy_roles) : length(setsubtract(run.needs.actions, flatten([
        for statement in jsondecode(policy.policy).Statement : statement.Action if statement.Effect == "Allow"
      ]))) == 0
    ])
    error_message = "A deployment makes, changes and deletes every role that the stack has."
  }

  assert {
    condition = alltrue([
      for policy in values(aws_iam_role_policy.deploy_roles) : alltrue([
        for statement in jsondecode(policy.policy).Statement :
        toset(statement.Condition.ArnEquals["iam:PolicyARN"]) == toset([for attached in run.needs.attached : "arn:aws:iam::aws:policy/${attached}"])
        if statement.Effect == "Allow" && length(setintersection(flatten([statement.Action]), ["iam:AttachRolePolicy", "iam:DetachRolePolicy"])) > 0
      ])
    ])
    error_message = "A deployment attaches the policies of AWS's that the stack names, and no other."
  }

  assert {
    condition = alltrue([
      for policy in values(aws_iam_role_policy.deploy_roles) : alltrue([
        for statement in jsondecode(policy.policy).Statement :
        toset(statement.Condition.StringEquals["iam:PassedToService"]) == run.needs.services
        if statement.Effect == "Allow" && statement.Action == "iam:PassRole"
      ])
    ])
    error_message = "Roles are handed to the services that the stack's roles trust, and to no other."
  }

  assert {
    condition     = run.needs.every_role_is_bounded
    error_message = "Each role of the stack has the boundary."
  }

  # Without it a deployment could make a role that may do anything, and run code as it.
  assert {
    condition = alltrue(flatten([
      for name, policy in aws_iam_role_policy.deploy_roles : [
        for statement in jsondecode(policy.policy).Statement :
        try(statement.Condition.StringEquals["iam:PermissionsBoundary"], "none") == "arn:aws:iam::111122223333:policy/shopflow-${name}-boundary"
        if statement.Effect == "Allow" && length(setintersection(flatten([statement.Action]), [
          "iam:CreateRole", "iam:PutRolePermissionsBoundary", "iam:PutRolePolicy", "iam:AttachRolePolicy",
        ])) > 0
      ]
    ]))
    error_message = "A deployment makes and widens roles within the boundary only."
  }

  assert {
    condition = !anytrue(flatten([
      for policy in values(aws_iam_role_policy.deploy_roles) : [
        for statement in jsondecode(policy.policy).Statement :
        length(setintersection(flatten([statement.Action]), ["iam:DeleteRolePermissionsBoundary", "iam:CreatePolicyVersion", "iam:SetDefaultPolicyVersion"])) > 0
        if statement.Effect == "Allow"
      ]
    ]))
    error_message = "A deployment cannot take the boundary away, or widen it."
  }

  assert {
    condition     = run.needs.attached == run.needs.managed_policies
    error_message = "tests/needs lists the permissions of each AWS managed policy of a role."
  }
  assert {
    condition = alltrue([
      for policy in values(aws_iam_policy.boundary) : length(setsubtract(run.needs.role_actions, jsondecode(policy.policy).Statement[0].Action)) == 0
    ])
    error_message = "The boundary lets roles do what the stack's roles need."
  }
  assert {
    condition = alltrue([
      for policy in values(aws_iam_policy.boundary) : length(setsubtract(jsondecode(policy.policy).Statement[0].Action, run.needs.role_actions)) == 0
      && length(jsondecode(policy.policy).Statement) == 1
    ])
    error_message = "The boundary lets roles do nothing else."
  }

  assert {
    condition = alltrue(flatten([
      for statement in jsondecode(aws_iam_role_policy.plan[0].policy).Statement : [
        for action in flatten([statement.Action]) :
        can(regex("^[a-z0-9-]+:(Describe|List|Get|View|Validate)", action)) || action == "kms:Decrypt"
      ]
    ]))
    error_message = "A plan only reads."
  }
  assert {
    condition = !anytrue(flatten([
      for statement in jsondecode(aws_iam_role_policy.plan[0].policy).Statement : [
        for action in flatten([statement.Action]) : contains([
          "*", "s3:*", "s3:Get*", "s3:GetObject*", "s3:GetObject", "s3:GetObjectVersion", "sqs:ReceiveMessage", "sqs:*", "logs:*", "logs:Get*", "logs:GetLogEvents",
          "logs:FilterLogEvents", "logs:StartQuery", "secretsmanager:GetSecretValue", "secretsmanager:Get*", "rds:*", "rds:DownloadDBLogFilePortion",
          "ecs:ExecuteCommand", "ecr:BatchGetImage", "ec2:GetPasswordData", "ec2:GetConsoleOutput", "kms:Decrypt",
        ], action) if statement.Resource == "*"
      ]
    ]))
    error_message = "A plan reads no objects, messages, logs or secrets."
  }
  assert {
    condition = [
      for statement in jsondecode(aws_iam_role_policy.plan[0].policy).Statement : statement.Resource if contains(flatten([statement.Action]), "s3:GetObject")
    ] == [["${aws_s3_bucket.state.arn}/*", "arn:aws:s3:::shopflow-*/config/*"]]
    error_message = "A plan reads the state and the sources' configurations, and no data."
  }
  assert {
    condition = length(setsubtract(run.needs.read_services, [
      for action in flatten([for statement in jsondecode(aws_iam_role_policy.plan[0].policy).Statement : statement.Action]) : split(":", action)[0]
    ])) == 0
    error_message = "A plan reads every kind of resource that the stack has."
  }
}

run "no_environment_within_another" {
  command = plan
  variables {
    github_environments = ["dev", "dev-two"]
  }
  expect_failures = [var.github_environments]
}

run "a_web_address_is_no_repository" {
  command = plan
  variables {
    github_repository = "https://github.com/acme/shopflow"
  }
  expect_failures = [var.github_repository]
}
