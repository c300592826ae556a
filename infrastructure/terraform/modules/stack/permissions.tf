# Policies from permissions.json, which the reference in docs/ and the test of the functions' calls also read.

locals {
  permissions = jsondecode(file("${path.module}/../../permissions.json"))

  # The values of the names in permissions.json.
  keys = { data = module.key.arn }
  secrets = merge(
    { for name in ["pseudonym_key", "loader", "dashboard", "bi"] : name => [local.secret_arns[name]] },
    {
      database_master = [local.database.master_secret_arn]
      sources         = [for name, source in var.sources : local.secret_arns["sources/${name}"] if source.credentials]
    },
  )

  statements = {
    for function, permissions in local.permissions : function => flatten([
      for permission in permissions : concat(
        [{
          Sid    = permission.sid
          Effect = "Allow"
          Action = permission.actions
          Resource = concat(
            [for key in lookup(permission, "bucket_keys", []) : "${module.storage.bucket_arn}/${key}"],
            length(setintersection(keys(permission), ["bucket_prefixes", "absent_keys"])) > 0 ? [module.storage.bucket_arn] : [],
            [for queue in lookup(permission, "queues", []) : module.queues.queues[queue].arn],
            flatten([for secret in lookup(permission, "secrets", []) : local.secrets[secret]]),
            [for key in lookup(permission, "keys", []) : local.keys[key]],
            contains(keys(permission), "log_group") ? ["arn:${local.partition}:logs:${var.region}:${local.account_id}:log-group:/aws/lambda/${local.name}-${function}:*"] : [],
            lookup(permission, "resources", []),
          )
          Condition = merge(
            contains(keys(permission), "bucket_prefixes") ? { StringLike = { "s3:prefix" = permission.bucket_prefixes } } : {},
            contains(keys(permission), "absent_keys") ? { StringLikeIfExists = { "s3:prefix" = permission.absent_keys } } : {},
            contains(keys(permission), "via") ? { StringEquals = { "kms:ViaService" = ["${permission.via}.${var.region}.amazonaws.com"] } } : {},
          )
        }],
        # https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html#configuration-vpc-best-practice
        contains(keys(permission), "network_interfaces") ? [{
          Sid       = "${permission.sid}NotByTheFunction"
          Effect    = "Deny"
          Action    = permission.actions
          Resource  = ["*"]
          Condition = { ArnEquals = { "lambda:SourceFunctionArn" = ["arn:${local.partition}:lambda:${var.region}:${local.account_id}:function:${local.name}-${function}"] } }
        }] : [],
      )
    ])
  }

  # IAM accepts neither a statement without a resource (no source has a secret) nor an empty condition.
  policies = {
    for function, statements in local.statements : function => jsonencode({
      Version = "2012-10-17"
      Statement = [
        for statement in statements : { for field, value in statement : field => value if field != "Condition" || length(value) > 0 }
        if length(statement.Resource) > 0
      ]
    })
  }
}
