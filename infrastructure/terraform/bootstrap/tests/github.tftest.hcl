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
    error_message = "tests/needs says what a deployment calls for each type that PowerUserAccess leaves out."
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
    condition     = aws_iam_role_policy_attachment.plan[0].policy_arn == "arn:aws:iam::aws:policy/ReadOnlyAccess"
    error_message = "A plan only reads."
  }

  assert {
    condition = anytrue([
      for statement in jsondecode(aws_iam_role_policy.plan[0].policy).Statement :
      statement.Effect == "Deny" && contains(flatten([statement.Action]), "s3:GetObject")
      && try(statement.NotResource, []) == ["${aws_s3_bucket.state.arn}/*", "arn:aws:s3:::shopflow-*/config/*"]
    ])
    error_message = "A plan reads the state and the sources' configurations, and no data."
  }
}

run "a_web_address_is_no_repository" {
  command = plan
  variables {
    github_repository = "https://github.com/acme/shopflow"
  }
  expect_failures = [var.github_repository]
}
