locals {
  # These conditions prevent other accounts from using our key through the same services.
  in_this_account = { StringEquals = { "aws:SourceAccount" = local.account_id } }

  key_services = {
    "logs.${var.region}.amazonaws.com" = {
      ArnLike = { "kms:EncryptionContext:aws:logs:arn" = "arn:${local.partition}:logs:${var.region}:${local.account_id}:*" }
    }
    # Events of the bucket into encrypted queues.
    "s3.amazonaws.com" = local.in_this_account
    # Alarms and budgets into an encrypted topic; trails into an encrypted bucket.
    "cloudwatch.amazonaws.com" = local.in_this_account
    "budgets.amazonaws.com"    = local.in_this_account
    "cloudtrail.amazonaws.com" = local.in_this_account
  }
}

module "key" {
  source = "../key"

  name                    = local.name
  services                = local.key_services
  deletion_window_in_days = var.deletion_protection ? 30 : 7
}
