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
      "iam:ListInstanceProfilesForRole", "iam:DeleteRole",
    ]
    aws_iam_role_policy            = ["iam:PutRolePolicy", "iam:GetRolePolicy", "iam:DeleteRolePolicy"]
    aws_iam_role_policy_attachment = ["iam:AttachRolePolicy", "iam:ListAttachedRolePolicies", "iam:DetachRolePolicy"]
  }

  roles       = length(regexall("(?m)^resource \"aws_iam_role\"", local.sources))
  services    = flatten(regexall("(?s)resource \"aws_iam_role\" \"[a-z_]+\" \\{.*?Service = \"([a-z.-]+)\"", local.sources))
  attachments = length(regexall("(?m)^resource \"aws_iam_role_policy_attachment\"", local.sources))
  attached    = flatten(regexall("(?s)resource \"aws_iam_role_policy_attachment\" \"[a-z_]+\" \\{.*?policy_arn = \"arn:[^:]+:iam::aws:policy/([^\"]+)\"", local.sources))
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
