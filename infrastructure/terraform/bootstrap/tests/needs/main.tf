# What the stack's modules need of IAM, read from the modules themselves. All other services are open to a deployment by
# PowerUserAccess, whose text leaves out these three prefixes and nothing else:
# https://docs.aws.amazon.com/aws-managed-policy/latest/reference/PowerUserAccess.html

locals {
  modules = "${path.module}/../../../modules"
  sources = join("\n", [for file in fileset(local.modules, "*/*.tf") : file("${local.modules}/${file}")])
  types   = toset(flatten(regexall("(?m)^resource \"([a-z0-9_]+)\"", local.sources)))
  closed  = toset([for type in local.types : type if can(regex("^aws_(iam|organizations|account)_", type))])

  # The calls of the provider to create, read, change, tag and delete one.
  actions = {
    aws_iam_role = [
      "iam:CreateRole", "iam:GetRole", "iam:ListRolePolicies", "iam:ListAttachedRolePolicies", "iam:UpdateRole",
      "iam:UpdateRoleDescription", "iam:UpdateAssumeRolePolicy", "iam:TagRole", "iam:UntagRole",
      "iam:ListInstanceProfilesForRole", "iam:DeleteRole", "iam:PutRolePermissionsBoundary",
    ]
    aws_iam_role_policy            = ["iam:PutRolePolicy", "iam:GetRolePolicy", "iam:DeleteRolePolicy"]
    aws_iam_role_policy_attachment = ["iam:AttachRolePolicy", "iam:ListAttachedRolePolicies", "iam:DetachRolePolicy"]
  }

  roles       = length(regexall("(?m)^resource \"aws_iam_role\"", local.sources))
  services    = flatten(regexall("(?s)resource \"aws_iam_role\" \"[a-z_]+\" \\{.*?Service = \"([a-z.-]+)\"", local.sources))
  attachments = length(regexall("(?m)^resource \"aws_iam_role_policy_attachment\"", local.sources))
  attached    = flatten(regexall("(?s)resource \"aws_iam_role_policy_attachment\" \"[a-z_]+\" \\{.*?policy_arn = \"arn:[^:]+:iam::aws:policy/([^\"]+)\"", local.sources))
}

locals {
  # Roles with a boundary, the modules that have roles, and how many modules the stack gives a boundary to.
  bounded       = length(regexall("(?m)^  permissions_boundary = var.permissions_boundary_arn$", local.sources))
  with_roles    = toset([for file in fileset(local.modules, "*/*.tf") : dirname(file) if can(regex("(?m)^resource \"aws_iam_role\" ", file("${local.modules}/${file}")))])
  told          = length(regexall("(?m)^  permissions_boundary_arn = local.permissions_boundary_arn$", local.sources))
  role_policies = join("\n", regexall("(?s)\"(?:s3|sqs|kms|secretsmanager|logs|xray|ec2|ecr|states|lambda|sns|cloudwatch):[A-Z][A-Za-z]+\"", local.role_sources))
  # The files whose actions roles are allowed; other policies in the modules are of buckets, keys, queues and endpoints.
  role_sources = join("\n", concat(
    [for name in ["backfill/iam.tf", "dashboard/iam.tf", "monitoring/chat.tf", "notifications/iam.tf", "network/flow-logs.tf", "schedule/iam.tf"] : file("${local.modules}/${name}")],
    [file("${local.modules}/../permissions.json")],
  ))
  # https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AmazonRDSEnhancedMonitoringRole.html
  managed_policies = {
    "service-role/AmazonRDSEnhancedMonitoringRole" = [
      "logs:CreateLogGroup", "logs:PutRetentionPolicy", "logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogStreams", "logs:GetLogEvents",
    ]
  }

  # The first part of an action by what a type is called. No type of a service that is not here passes.
  services_of_types = {
    for type in local.types : type => lookup(merge([
      for pattern, service in {
        "aws_appautoscaling_" = "application-autoscaling", "aws_budgets_" = "budgets", "aws_chatbot_" = "chatbot", "aws_cloudtrail" = "cloudtrail",
        "aws_cloudwatch_log_" = "logs", "aws_cloudwatch_metric_" = "cloudwatch", "aws_cloudwatch_dashboard" = "cloudwatch", "aws_cloudwatch_event_" = "events", "aws_cognito_" = "cognito-idp",
        "aws_db_"             = "rds", "aws_default_security_group" = "ec2", "aws_ecr_" = "ecr", "aws_ecs_" = "ecs", "aws_eip" = "ec2", "aws_flow_log" = "ec2",
        "aws_glue_"           = "glue", "aws_iam_" = "iam", "aws_internet_gateway" = "ec2", "aws_kms_" = "kms", "aws_lambda_" = "lambda", "aws_lb" = "elasticloadbalancing",
        "aws_nat_gateway"     = "ec2", "aws_route53_" = "route53", "aws_route" = "ec2", "aws_s3_" = "s3", "aws_scheduler_" = "scheduler",
        "aws_secretsmanager_" = "secretsmanager", "aws_security_group" = "ec2", "aws_sfn_" = "states", "aws_sns_" = "sns", "aws_sqs_" = "sqs",
        "aws_subnet"          = "ec2", "aws_vpc" = "ec2", "aws_wafv2_" = "wafv2", "terraform_data" = "",
      } : { (type) = service } if startswith(type, pattern) && !(pattern == "aws_route" && startswith(type, "aws_route53_"))
    ]...), type, "unknown")
  }
}

output "every_role_is_bounded" {
  description = "Whether each role of the modules has the boundary that it is given, and the stack gives it to each module with a role."
  value       = local.roles > 0 && local.bounded == local.roles && local.told == length(local.with_roles)
}

output "role_actions" {
  description = "All actions that roles are allowed; ViaService is a condition."
  value       = setsubtract(concat([for action in split("\n", local.role_policies) : trim(action, "\"")], flatten(values(local.managed_policies))), ["kms:ViaService"])
}

output "managed_policies" {
  description = "AWS's own policies whose actions are known here."
  value       = toset(keys(local.managed_policies))
}

output "read_services" {
  description = "The services whose resources a plan reads."
  value       = toset([for service in values(local.services_of_types) : service if service != ""])
}

output "types" {
  description = "The types of all resources of the stack."
  value       = local.types
}

output "unknown_types" {
  description = "Types that need more than PowerUserAccess, and of which nobody has said what."
  value       = setsubtract(local.closed, keys(local.actions))
}

output "actions" {
  description = "The actions on roles that a deployment calls."
  value       = toset(flatten([for type in local.closed : lookup(local.actions, type, [])]))
}

output "services" {
  description = "The services that roles are handed to; as many as there are roles, or this module overlooks some."
  value       = length(local.services) == local.roles ? toset(local.services) : null
}

output "attached" {
  description = "AWS's own policies that roles get, as above."
  value       = length(local.attached) == local.attachments ? toset(local.attached) : null
}
