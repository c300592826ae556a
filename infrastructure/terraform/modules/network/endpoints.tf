data "aws_partition" "current" {}

locals {
  ours = { StringEquals = { "aws:PrincipalAccount" = var.account_id } }
}

# Costs nothing.
resource "aws_vpc_endpoint" "s3" {
  vpc_id            = aws_vpc.this.id
  service_name      = "com.amazonaws.${var.region}.s3"
  vpc_endpoint_type = "Gateway"
  route_table_ids   = [aws_route_table.private.id]

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = concat(
      [{
        Sid       = "ReadTheDataBucket"
        Effect    = "Allow"
        Principal = "*"
        Action    = ["s3:GetObject"]
        Resource  = ["${var.bucket_arn}/*"]
        Condition = local.ours
        }, {
        Sid       = "WriteNotifications"
        Effect    = "Allow"
        Principal = "*"
        Action    = ["s3:PutObject"]
        Resource  = ["${var.bucket_arn}/notifications/*"]
        Condition = local.ours
        }, {
        # Without it, S3 returns 403 instead of 404 for a missing object, whatever the function's role permits. The roles restrict
        # the keys.
        Sid       = "DetectAbsentObjects"
        Effect    = "Allow"
        Principal = "*"
        Action    = ["s3:ListBucket"]
        Resource  = [var.bucket_arn]
        Condition = local.ours
      }],
      # ECR stores the layers of images in one of its own buckets:
      # https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html#ecr-minimum-s3-perms
      contains(var.interface_endpoints, "ecr.dkr") ? [{
        Sid       = "PullImages"
        Effect    = "Allow"
        Principal = "*"
        Action    = ["s3:GetObject"]
        Resource  = ["arn:${data.aws_partition.current.partition}:s3:::prod-${var.region}-starport-layer-bucket/*"]
      }] : [],
    )
  })

  tags = { Name = "${var.name}-s3" }
}

# Each costs about 0.011 USD an hour and availability zone (eu-west-2), so 16 USD a month in two, and 0.01 USD a GB. That is
# why there is one for Secrets Manager only: X-Ray, logs and queues reach functions from outside the network.
resource "aws_vpc_endpoint" "interface" {
  for_each = var.interface_endpoints

  vpc_id              = aws_vpc.this.id
  service_name        = "com.amazonaws.${var.region}.${each.key}"
  vpc_endpoint_type   = "Interface"
  private_dns_enabled = true
  subnet_ids          = aws_subnet.private[*].id
  security_group_ids  = [aws_security_group.endpoint.id]

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "OnlyThisAccount"
      Effect    = "Allow"
      Principal = "*"
      Action    = local.endpoint_actions[each.key]
      # The roles restrict the secrets and images, the condition restricts the account.
      Resource  = "*"
      Condition = local.ours
    }]
  })

  tags = { Name = "${var.name}-${each.key}" }
}

locals {
  endpoint_actions = {
    secretsmanager = ["secretsmanager:GetSecretValue"]
    "ecr.api"      = ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetAuthorizationToken", "ecr:GetDownloadUrlForLayer"]
    "ecr.dkr"      = ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetAuthorizationToken", "ecr:GetDownloadUrlForLayer"]
    logs           = ["logs:CreateLogStream", "logs:PutLogEvents"]
  }
}
