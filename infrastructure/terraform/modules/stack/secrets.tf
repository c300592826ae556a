module "secrets" {
  source    = "../secrets"
  providers = { aws = aws, aws.ephemeral = aws.ephemeral }

  name                    = local.name
  sources                 = toset([for name, source in var.sources : name if source.credentials])
  key_arn                 = module.key.arn
  recovery_window_in_days = var.deletion_protection ? 30 : 0
  make_values             = var.make_secret_values
  password_version        = var.password_version
  pseudonym_key_id        = var.pseudonym_key_id
}

locals {
  # loader, dashboard, bi, pseudonym_key and sources/<name>.
  secret_arns = module.secrets.arns
}
