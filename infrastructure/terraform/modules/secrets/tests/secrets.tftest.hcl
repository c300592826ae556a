mock_provider "aws" {
  source          = "../../mocks"
  override_during = plan
}

# Ephemeral resources cannot be mocked; there are none here, so this one is never called.
provider "aws" {
  alias                       = "ephemeral"
  region                      = "eu-west-2"
  access_key                  = "none"
  secret_key                  = "none"
  skip_credentials_validation = true
  skip_metadata_api_check     = true
  skip_region_validation      = true
  skip_requesting_account_id  = true
}

variables {
  name                    = "shopflow-test"
  sources                 = ["shop"]
  key_arn                 = "arn:aws:kms:eu-west-2:111122223333:key/11111111-2222-3333-4444-555555555555"
  recovery_window_in_days = 30
  make_values             = false
  password_version        = 1
  pseudonym_key_id        = "test-1"
}

run "secrets" {
  command = plan

  assert {
    condition     = toset([for secret in values(aws_secretsmanager_secret.this) : secret.name]) == toset([for name in ["loader", "dashboard", "bi", "pseudonym_key", "sources/shop"] : "shopflow-test/${name}"])
    error_message = "One secret for each role, the pseudonym key and each source."
  }
  assert {
    condition     = alltrue([for secret in values(aws_secretsmanager_secret.this) : secret.kms_key_id == var.key_arn])
    error_message = "Secrets are encrypted with our key."
  }
  assert {
    condition     = alltrue([for secret in values(aws_secretsmanager_secret.this) : secret.recovery_window_in_days == 30])
    error_message = "A deleted secret can be restored."
  }
  assert {
    condition     = length(aws_secretsmanager_secret_version.role) == 0 && length(aws_secretsmanager_secret_version.pseudonym_key) == 0 && length(aws_secretsmanager_secret_version.source) == 0
    error_message = "Terraform writes no values of secrets."
  }
}

# The same rule as io.shopflow.core.source.SourceName has.
run "a_source_that_functions_would_refuse_is_refused" {
  command = plan
  variables {
    sources = ["2nd_shop"]
  }
  expect_failures = [var.sources]
}
