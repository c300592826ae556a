mock_provider "aws" {
  source          = "../../mocks"
  override_during = plan
}

variables {
  name = "shopflow-test"
  services = {
    "s3.amazonaws.com"             = { StringEquals = { "aws:SourceAccount" = "111122223333" } }
    "logs.eu-west-2.amazonaws.com" = { ArnLike = { "kms:EncryptionContext:aws:logs:arn" = "arn:aws:logs:eu-west-2:111122223333:*" } }
  }
}

run "the_key" {
  command = plan

  assert {
    condition     = aws_kms_key.this.enable_key_rotation
    error_message = "The key must rotate."
  }
  assert {
    condition     = aws_kms_key.this.deletion_window_in_days == 30
    error_message = "A deleted key must be savable for 30 days."
  }
  assert {
    condition = alltrue([
      for statement in jsondecode(aws_kms_key.this.policy).Statement :
      statement.Principal == { AWS = "arn:aws:iam::111122223333:root" } if contains(flatten([statement.Action]), "kms:*")
    ])
    error_message = "All of KMS is for the account's own policies alone."
  }
  assert {
    condition = alltrue([
      for statement in jsondecode(aws_kms_key.this.policy).Statement :
      length(lookup(statement, "Condition", {})) > 0 if contains(keys(statement.Principal), "Service")
    ])
    error_message = "A service may use the key for this account only."
  }
  assert {
    condition = {
      for statement in jsondecode(aws_kms_key.this.policy).Statement : statement.Principal.Service => toset(statement.Action)
      if contains(keys(statement.Principal), "Service")
      } == {
      "s3.amazonaws.com" = toset(["kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKey"])
      "logs.eu-west-2.amazonaws.com" = toset([
        "kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey", "kms:GenerateDataKeyWithoutPlaintext",
        "kms:ReEncryptFrom", "kms:ReEncryptTo",
      ])
    }
    error_message = "Services have exactly the actions on the key that AWS documents."
  }
  assert {
    condition     = alltrue([for statement in jsondecode(aws_kms_key.this.policy).Statement : statement.Principal != "*"])
    error_message = "The key is not for everybody."
  }
}

run "a_service_without_a_condition_is_refused" {
  command = plan
  variables {
    services = { "s3.amazonaws.com" = {} }
  }
  expect_failures = [var.services]
}
