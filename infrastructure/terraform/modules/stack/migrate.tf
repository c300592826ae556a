# The new version of migrate changes the schema before any alias moves. If a migration fails, the apply fails, and the old versions
# continue with the old schema. Migrations make only changes with which the previous versions still work.
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
