provider "aws" {
  region = var.region

  # The following settings are for endpoints other than AWS.
  s3_use_path_style           = var.endpoint != null
  skip_credentials_validation = var.endpoint != null
  skip_metadata_api_check     = var.endpoint != null
  skip_region_validation      = var.endpoint != null

  dynamic "endpoints" {
    for_each = var.endpoint == null ? [] : [var.endpoint]
    content {
      acm                    = endpoints.value
      applicationautoscaling = endpoints.value
      athena                 = endpoints.value
      budgets                = endpoints.value
      ce                     = endpoints.value
      chatbot                = endpoints.value
      cloudtrail             = endpoints.value
      cloudwatch             = endpoints.value
      cloudwatchlogs         = endpoints.value
      cognitoidp             = endpoints.value
      ec2                    = endpoints.value
      ecr                    = endpoints.value
      ecs                    = endpoints.value
      elbv2                  = endpoints.value
      events                 = endpoints.value
      glue                   = endpoints.value
      iam                    = endpoints.value
      kms                    = endpoints.value
      lambda                 = endpoints.value
      rds                    = endpoints.value
      route53                = endpoints.value
      s3                     = endpoints.value
      s3control              = endpoints.value
      scheduler              = endpoints.value
      secretsmanager         = endpoints.value
      sfn                    = endpoints.value
      sns                    = endpoints.value
      sqs                    = endpoints.value
      ssm                    = endpoints.value
      sts                    = endpoints.value
      wafv2                  = endpoints.value
      xray                   = endpoints.value
    }
  }

  default_tags {
    tags = local.tags
  }
}

# The same for ephemeral passwords, see modules/secrets.
provider "aws" {
  alias  = "ephemeral"
  region = var.region

  skip_credentials_validation = var.endpoint != null
  skip_metadata_api_check     = var.endpoint != null
  skip_region_validation      = var.endpoint != null

  dynamic "endpoints" {
    for_each = var.endpoint == null ? [] : [var.endpoint]
    content {
      secretsmanager = endpoints.value
      sts            = endpoints.value
    }
  }
}
