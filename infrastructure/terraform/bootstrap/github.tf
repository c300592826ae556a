# The permissions of GitHub Actions, without any key: a job proves its repository and environment by a signed token, and gets
# credentials for an hour.
# https://docs.github.com/en/actions/how-tos/secure-your-work/security-harden-deployments/oidc-in-aws

data "aws_partition" "current" {}

locals {
  account      = data.aws_caller_identity.current.account_id
  partition    = data.aws_partition.current.partition
  environments = var.github_repository == null ? toset([]) : var.github_environments

  # The required subject of the token, by role. A job gets "environment:prod" only after that environment's reviewers approved it.
  subjects = merge(
    { for name in local.environments : name => "repo:${coalesce(var.github_repository, "none")}:environment:${name}" },
    { plan = "repo:${coalesce(var.github_repository, "none")}:pull_request" },
  )

  trust = {
    for role, subject in local.subjects : role => jsonencode({
      Version = "2012-10-17"
      Statement = [{
        Effect    = "Allow"
        Action    = "sts:AssumeRoleWithWebIdentity"
        Principal = { Federated = one(aws_iam_openid_connect_provider.github[*].arn) }
        Condition = {
          StringEquals = {
            "token.actions.githubusercontent.com:aud" = "sts.amazonaws.com"
            "token.actions.githubusercontent.com:sub" = subject
          }
        }
      }]
    })
  }
}

resource "aws_iam_openid_connect_provider" "github" {
  count = var.github_repository == null ? 0 : 1

  url            = "https://token.actions.githubusercontent.com"
  client_id_list = ["sts.amazonaws.com"]
}

# Deploys one environment. Terraform creates resources of two dozen services, so the role has AWS's policy PowerUserAccess, which
# excludes IAM; permissions for IAM are listed by name. If dev must not have access to prod's data, give prod a separate account.
resource "aws_iam_role" "deploy" {
  for_each = local.environments

  name                 = "shopflow-${each.key}-deploy"
  description          = "Deploys ShopFlow ${each.key} from GitHub Actions"
  assume_role_policy   = local.trust[each.key]
  max_session_duration = 7200
}

resource "aws_iam_role_policy_attachment" "deploy" {
  for_each = local.environments

  role       = aws_iam_role.deploy[each.key].name
  policy_arn = "arn:${local.partition}:iam::aws:policy/PowerUserAccess"
}

resource "aws_iam_role_policy" "deploy_roles" {
  for_each = local.environments

  name = "roles"
  role = aws_iam_role.deploy[each.key].name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        # None of these actions gives a role more permissions.
        Sid    = "RolesOfTheEnvironment"
        Effect = "Allow"
        Action = [
          "iam:DeleteRole", "iam:GetRole", "iam:UpdateRole", "iam:UpdateRoleDescription",
          "iam:UpdateAssumeRolePolicy", "iam:TagRole", "iam:UntagRole", "iam:ListRoleTags", "iam:ListRolePolicies", "iam:ListAttachedRolePolicies",
          "iam:ListInstanceProfilesForRole", "iam:GetRolePolicy",
        ]
        Resource = "arn:${local.partition}:iam::${local.account}:role/shopflow-${each.key}-*"
      },
      {
        # A role begins with the boundary, keeps it, and without it gets no policy.
        # https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html#access_policies_boundaries-delegate
        Sid       = "WithinTheBoundary"
        Effect    = "Allow"
        Action    = ["iam:CreateRole", "iam:PutRolePermissionsBoundary", "iam:PutRolePolicy", "iam:DeleteRolePolicy"]
        Resource  = "arn:${local.partition}:iam::${local.account}:role/shopflow-${each.key}-*"
        Condition = { StringEquals = { "iam:PermissionsBoundary" = local.boundary_arns[each.key] } }
      },
      {
        # The one policy of AWS's own that a role of the stack gets.
        Sid      = "EnhancedMonitoring"
        Effect   = "Allow"
        Action   = ["iam:AttachRolePolicy", "iam:DetachRolePolicy"]
        Resource = "arn:${local.partition}:iam::${local.account}:role/shopflow-${each.key}-*"
        Condition = {
          ArnEquals    = { "iam:PolicyARN" = ["arn:${local.partition}:iam::aws:policy/service-role/AmazonRDSEnhancedMonitoringRole"] }
          StringEquals = { "iam:PermissionsBoundary" = local.boundary_arns[each.key] }
        }
      },
      {
        Sid      = "HandThemToServices"
        Effect   = "Allow"
        Action   = "iam:PassRole"
        Resource = "arn:${local.partition}:iam::${local.account}:role/shopflow-${each.key}-*"
        Condition = {
          StringEquals = {
            "iam:PassedToService" = [
              "chatbot.amazonaws.com", "ecs-tasks.amazonaws.com", "events.amazonaws.com", "lambda.amazonaws.com",
              "monitoring.rds.amazonaws.com", "scheduler.amazonaws.com", "states.amazonaws.com", "vpc-flow-logs.amazonaws.com",
            ]
          }
        }
      },
      {
        # Otherwise a deployment could give itself, or the next one, more permissions.
        Sid    = "NotItself"
        Effect = "Deny"
        Action = [
          "iam:DeleteRole", "iam:UpdateRole", "iam:UpdateRoleDescription", "iam:UpdateAssumeRolePolicy", "iam:PutRolePolicy",
          "iam:DeleteRolePolicy", "iam:AttachRolePolicy", "iam:DetachRolePolicy", "iam:PassRole",
          "iam:PutRolePermissionsBoundary", "iam:DeleteRolePermissionsBoundary",
        ]
        Resource = "arn:${local.partition}:iam::${local.account}:role/shopflow-${each.key}-deploy"
      },
    ]
  })
}

# Plans on pull requests: reads the configuration of all resources, but no data.
resource "aws_iam_role" "plan" {
  count = var.github_repository == null ? 0 : 1

  name               = "shopflow-plan"
  description        = "Plans ShopFlow's Terraform on pull requests"
  assume_role_policy = local.trust["plan"]
}

# Not AWS's ReadOnlyAccess, which reads objects, messages and logs too, and more with each new service: the calls by which the
# provider reads the resources of the stack, and nothing that has rows in it. A release with a new kind of resource needs a line
# here, and this folder applied first; tests/needs compares the services.
locals {
  plan_reads = [
    "application-autoscaling:Describe*", "application-autoscaling:ListTagsForResource",
    "budgets:ListTagsForResource", "budgets:ViewBudget",
    "chatbot:Describe*", "chatbot:List*",
    "cloudtrail:DescribeTrails", "cloudtrail:GetEventSelectors", "cloudtrail:GetInsightSelectors", "cloudtrail:GetTrail",
    "cloudtrail:GetTrailStatus", "cloudtrail:ListTags",
    "cloudwatch:DescribeAlarms", "cloudwatch:GetDashboard", "cloudwatch:ListTagsForResource",
    "cognito-idp:DescribeUserPool", "cognito-idp:DescribeUserPoolClient", "cognito-idp:DescribeUserPoolDomain",
    "cognito-idp:GetUserPoolMfaConfig", "cognito-idp:ListTagsForResource",
    "ec2:Describe*", "ec2:GetManagedPrefixListEntries",
    "ecr:DescribeRepositories", "ecr:GetLifecyclePolicy", "ecr:GetRepositoryPolicy", "ecr:ListTagsForResource",
    "ecs:DescribeClusters", "ecs:DescribeServices", "ecs:DescribeTaskDefinition", "ecs:ListTagsForResource",
    "elasticloadbalancing:Describe*",
    "events:DescribeRule", "events:ListTagsForResource", "events:ListTargetsByRule",
    "glue:GetDatabase", "glue:GetPartitionIndexes", "glue:GetTable", "glue:GetTables", "glue:GetTags",
    "iam:GetPolicy", "iam:GetPolicyVersion", "iam:GetRole", "iam:GetRolePolicy", "iam:ListAttachedRolePolicies",
    "iam:ListRolePolicies", "iam:ListRoleTags",
    "kms:DescribeKey", "kms:GetKeyPolicy", "kms:GetKeyRotationStatus", "kms:ListAliases", "kms:ListResourceTags",
    "lambda:GetAlias", "lambda:GetEventSourceMapping", "lambda:GetFunction", "lambda:GetFunctionCodeSigningConfig",
    "lambda:GetFunctionConcurrency", "lambda:GetFunctionConfiguration", "lambda:GetPolicy", "lambda:ListTags",
    "lambda:ListVersionsByFunction",
    "logs:DescribeLogGroups", "logs:DescribeMetricFilters", "logs:DescribeResourcePolicies", "logs:ListTagsForResource",
    "rds:DescribeDB*", "rds:ListTagsForResource",
    "route53:GetChange", "route53:GetHostedZone", "route53:ListResourceRecordSets",
    "s3:GetAccelerateConfiguration", "s3:GetBucket*", "s3:GetEncryptionConfiguration", "s3:GetLifecycleConfiguration",
    "s3:GetReplicationConfiguration", "s3:ListBucket",
    "scheduler:GetSchedule", "scheduler:GetScheduleGroup", "scheduler:ListTagsForResource",
    "secretsmanager:DescribeSecret", "secretsmanager:GetResourcePolicy",
    "sns:GetSubscriptionAttributes", "sns:GetTopicAttributes", "sns:ListTagsForResource",
    "sqs:GetQueueAttributes", "sqs:GetQueueUrl", "sqs:ListQueueTags",
    "states:DescribeStateMachine", "states:ListStateMachineVersions", "states:ListTagsForResource",
    "states:ValidateStateMachineDefinition",
    "wafv2:GetWebACL", "wafv2:GetWebACLForResource", "wafv2:ListTagsForResource",
  ]
}

resource "aws_iam_role_policy" "plan" {
  count = var.github_repository == null ? 0 : 1

  name = "configuration-but-no-data"
  role = aws_iam_role.plan[0].name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        # Most of these actions do not support resources.
        Sid      = "HowEverythingIsConfigured"
        Effect   = "Allow"
        Action   = local.plan_reads
        Resource = "*"
      },
      {
        Sid    = "StatesAndSources"
        Effect = "Allow"
        Action = ["s3:GetObject", "s3:GetObjectTagging"]
        Resource = [
          "${aws_s3_bucket.state.arn}/*",
          # The sources' configurations, which Terraform uploads and so compares.
          "arn:${local.partition}:s3:::shopflow-*/config/*",
        ]
      },
      {
        Sid      = "State"
        Effect   = "Allow"
        Action   = "kms:Decrypt"
        Resource = aws_kms_key.state.arn
      },
      {
        # A plan generates the passwords that an apply would write, and discards them.
        Sid      = "EphemeralPasswords"
        Effect   = "Allow"
        Action   = "secretsmanager:GetRandomPassword"
        Resource = "*"
      },
    ]
  })
}
