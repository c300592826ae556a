# One customer key for everything that stores data: bucket, queues, logs, secrets and database. CloudTrail distinguishes its uses by
# the encryption context, and functions may use it only through the services for which they need it.

data "aws_caller_identity" "current" {}
data "aws_partition" "current" {}

locals {
  account = data.aws_caller_identity.current.account_id

  # The actions for decrypting, and for encrypting new data.
  actions = ["kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKey"]

  # CloudWatch Logs requires Encrypt*, Decrypt*, ReEncrypt*, GenerateDataKey* and Describe*; these are the others of a
  # symmetric key: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
  actions_of_logs = ["kms:Encrypt", "kms:GenerateDataKeyWithoutPlaintext", "kms:ReEncryptFrom", "kms:ReEncryptTo"]

  # In a key's policy the resource "*" is the key itself.
  policy = {
    Version = "2012-10-17"
    Statement = concat(
      [{
        # Without it, the policy could not be corrected; IAM decides who in the account may use the key.
        Sid       = "AccountDecidesByIam"
        Effect    = "Allow"
        Principal = { AWS = "arn:${data.aws_partition.current.partition}:iam::${local.account}:root" }
        Action    = "kms:*"
        Resource  = "*"
      }],
      [for service in sort(keys(var.services)) : {
        Sid       = "Service${replace(title(replace(service, "/[.-]/", " ")), " ", "")}"
        Effect    = "Allow"
        Principal = { Service = service }
        Action    = concat(local.actions, startswith(service, "logs.") ? local.actions_of_logs : [])
        Resource  = "*"
        Condition = var.services[service]
      }],
    )
  }
}

resource "aws_kms_key" "this" {
  description             = "Data of ${var.name}"
  enable_key_rotation     = true
  rotation_period_in_days = var.rotation_period_in_days
  deletion_window_in_days = var.deletion_window_in_days
  policy                  = jsonencode(local.policy)
}

resource "aws_kms_alias" "this" {
  name          = "alias/${var.name}-data"
  target_key_id = aws_kms_key.this.key_id
}
