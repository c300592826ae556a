mock_provider "aws" {
  source          = "../mocks"
  override_during = plan
}

variables {
  region = "eu-west-2"
}

run "state_bucket" {
  command = plan

  assert {
    condition     = aws_s3_bucket.state.bucket == "shopflow-terraform-111122223333"
    error_message = "The bucket is named after the account."
  }
  assert {
    condition     = aws_s3_bucket_versioning.state.versioning_configuration[0].status == "Enabled"
    error_message = "States have versions."
  }
  assert {
    condition     = alltrue([for rule in aws_s3_bucket_server_side_encryption_configuration.state.rule : rule.apply_server_side_encryption_by_default[0].sse_algorithm == "aws:kms"]) && aws_kms_key.state.enable_key_rotation
    error_message = "States are encrypted with a key that rotates."
  }
  assert {
    condition = alltrue([
      aws_s3_bucket_public_access_block.state.block_public_acls,
      aws_s3_bucket_public_access_block.state.block_public_policy,
      aws_s3_bucket_public_access_block.state.ignore_public_acls,
      aws_s3_bucket_public_access_block.state.restrict_public_buckets,
    ])
    error_message = "States are not public."
  }
}

run "tls" {
  command = plan

  assert {
    condition     = [for statement in jsondecode(aws_s3_bucket_policy.state.policy).Statement : [statement.Effect, statement.Action, statement.Condition.Bool["aws:SecureTransport"]]] == [["Deny", "s3:*", "false"]]
    error_message = "TLS only."
  }
}
