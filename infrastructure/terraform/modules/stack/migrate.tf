# The schema is changed by the new version of migrate before any alias moves: a migration that fails fails the apply, and the
# old versions go on with the old schema. Migrations only ever add what the versions before them can live with.
resource "aws_lambda_invocation" "migrate" {
  function_name = module.function["migrate"].name
  qualifier     = module.function["migrate"].version
  input         = jsonencode({})

  triggers = {
    package          = module.function["migrate"].package_sha256
    password_version = var.password_version
    database         = local.database.jdbc_url
  }
}

locals {
  migrated = aws_lambda_invocation.migrate.id
}
