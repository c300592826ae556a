# The secrets. Secrets Manager generates passwords and the pseudonym key; Terraform stores them neither in a plan nor in a state
# (ephemeral resources, write-only arguments). A person fills in the secrets of sources.

locals {
  roles = {
    loader    = "shopflow_loader"
    dashboard = "shopflow_dashboard"
    bi        = "shopflow_bi"
  }

  descriptions = merge(
    { for name, role in local.roles : name => "Name and password of the database role ${role}" },
    { pseudonym_key = "The key of all pseudonyms, and its id. Lost, no new row joins an old one" },
    { for source in var.sources : "sources/${source}" => "What the configuration of the source ${source} refers to as $${NAME}" },
  )

  made = var.make_values ? toset(concat(keys(local.roles), ["pseudonym_key"])) : toset([])
}

resource "aws_secretsmanager_secret" "this" {
  for_each = local.descriptions

  name                    = "${var.name}/${each.key}"
  description             = each.value
  kms_key_id              = var.key_arn
  recovery_window_in_days = var.recovery_window_in_days

  tags = { classification = "pii" }
}

ephemeral "aws_secretsmanager_random_password" "this" {
  provider = aws.ephemeral
  for_each = local.made

  password_length     = 48
  exclude_punctuation = true
}

resource "aws_secretsmanager_secret_version" "role" {
  for_each = { for name, role in local.roles : name => role if var.make_values }

  secret_id = aws_secretsmanager_secret.this[each.key].id
  secret_string_wo = jsonencode({
    username = each.value
    password = ephemeral.aws_secretsmanager_random_password.this[each.key].random_password
  })
  secret_string_wo_version = var.password_version
}

# 48 letters and digits are more than 280 bits: more than HMAC-SHA-256 can use.
resource "aws_secretsmanager_secret_version" "pseudonym_key" {
  count = var.make_values ? 1 : 0

  secret_id = aws_secretsmanager_secret.this["pseudonym_key"].id
  secret_string_wo = jsonencode({
    id  = var.pseudonym_key_id
    key = base64encode(ephemeral.aws_secretsmanager_random_password.this["pseudonym_key"].random_password)
  })
  secret_string_wo_version = parseint(substr(sha256(var.pseudonym_key_id), 0, 8), 16)
}

# Empty, so that extract reports which variable is missing. Later values are kept, since the version never changes.
resource "aws_secretsmanager_secret_version" "source" {
  for_each = { for source in var.sources : source => "sources/${source}" if var.make_values }

  secret_id                = aws_secretsmanager_secret.this[each.value].id
  secret_string_wo         = jsonencode({})
  secret_string_wo_version = 1
}
