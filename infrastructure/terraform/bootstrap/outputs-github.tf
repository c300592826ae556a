output "github_deploy_role_arns" {
  description = "By environment: the variable AWS_DEPLOY_ROLE_ARN of the GitHub environment of that name."
  value       = { for name, role in aws_iam_role.deploy : name => role.arn }
}

output "github_plan_role_arn" {
  description = "The repository's variable AWS_PLAN_ROLE_ARN, for plans on pull requests. Null without a repository."
  value       = one(aws_iam_role.plan[*].arn)
}
