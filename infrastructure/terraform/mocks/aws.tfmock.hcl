# What AWS would answer, as far as other resources look at it. All resources of a type get the same answer.

mock_data "aws_caller_identity" {
  defaults = {
    account_id = "111122223333"
  }
}

mock_data "aws_partition" {
  defaults = {
    partition  = "aws"
    dns_suffix = "amazonaws.com"
  }
}

mock_data "aws_region" {
  defaults = {
    name = "eu-west-2"
  }
}

mock_data "aws_availability_zones" {
  defaults = {
    names = ["eu-west-2a", "eu-west-2b", "eu-west-2c"]
  }
}

mock_resource "aws_kms_key" {
  defaults = {
    arn    = "arn:aws:kms:eu-west-2:111122223333:key/11111111-2222-3333-4444-555555555555"
    key_id = "11111111-2222-3333-4444-555555555555"
  }
}

mock_resource "aws_s3_bucket" {
  defaults = {
    id  = "the-data-bucket"
    arn = "arn:aws:s3:::the-data-bucket"
  }
}

mock_resource "aws_sqs_queue" {
  defaults = {
    arn = "arn:aws:sqs:eu-west-2:111122223333:a-queue"
    url = "https://sqs.eu-west-2.amazonaws.com/111122223333/a-queue"
  }
}

mock_resource "aws_iam_role" {
  defaults = {
    arn = "arn:aws:iam::111122223333:role/a-role"
  }
}

mock_resource "aws_cloudwatch_log_group" {
  defaults = {
    arn = "arn:aws:logs:eu-west-2:111122223333:log-group:a-log-group"
  }
}

mock_resource "aws_lambda_function" {
  defaults = {
    arn           = "arn:aws:lambda:eu-west-2:111122223333:function:a-function"
    qualified_arn = "arn:aws:lambda:eu-west-2:111122223333:function:a-function:7"
    version       = "7"
  }
}

mock_resource "aws_lambda_alias" {
  defaults = {
    arn = "arn:aws:lambda:eu-west-2:111122223333:function:a-function:live"
  }
}

mock_resource "aws_lambda_invocation" {
  defaults = {
    result = "{\"version\":\"025\",\"applied\":25}"
  }
}

mock_resource "aws_secretsmanager_secret" {
  defaults = {
    id  = "arn:aws:secretsmanager:eu-west-2:111122223333:secret:a-secret-AbCdEf"
    arn = "arn:aws:secretsmanager:eu-west-2:111122223333:secret:a-secret-AbCdEf"
  }
}

mock_resource "aws_db_instance" {
  defaults = {
    address = "shopflow.abcdefgh.eu-west-2.rds.amazonaws.com"
    port    = 5432
    master_user_secret = [{
      kms_key_id    = "arn:aws:kms:eu-west-2:111122223333:key/11111111-2222-3333-4444-555555555555"
      secret_arn    = "arn:aws:secretsmanager:eu-west-2:111122223333:secret:rds!db-1-AbCdEf"
      secret_status = "active"
    }]
  }
}

mock_resource "aws_vpc_endpoint" {
  defaults = {
    prefix_list_id = "pl-12345678"
  }
}

# Dashboard, monitoring, governance

mock_resource "aws_security_group" {
  defaults = {
    id = "sg-12345678"
  }
}

mock_resource "aws_vpc" {
  defaults = {
    id = "vpc-12345678"
  }
}

mock_resource "aws_ecr_repository" {
  defaults = {
    arn            = "arn:aws:ecr:eu-west-2:111122223333:repository/a-repository"
    repository_url = "111122223333.dkr.ecr.eu-west-2.amazonaws.com/a-repository"
  }
}

mock_resource "aws_ecs_task_definition" {
  defaults = {
    arn = "arn:aws:ecs:eu-west-2:111122223333:task-definition/a-task:1"
  }
}

mock_resource "aws_lb" {
  defaults = {
    arn        = "arn:aws:elasticloadbalancing:eu-west-2:111122223333:loadbalancer/app/a-balancer/0123456789abcdef"
    arn_suffix = "app/a-balancer/0123456789abcdef"
    dns_name   = "a-balancer.eu-west-2.elb.amazonaws.com"
  }
}

mock_resource "aws_lb_target_group" {
  defaults = {
    arn        = "arn:aws:elasticloadbalancing:eu-west-2:111122223333:targetgroup/a-group/0123456789abcdef"
    arn_suffix = "targetgroup/a-group/0123456789abcdef"
  }
}

mock_resource "aws_cognito_user_pool" {
  defaults = {
    arn = "arn:aws:cognito-idp:eu-west-2:111122223333:userpool/eu-west-2_readers"
  }
}

mock_resource "aws_sfn_state_machine" {
  defaults = {
    arn = "arn:aws:states:eu-west-2:111122223333:stateMachine:a-state-machine"
  }
}

mock_resource "aws_sns_topic" {
  defaults = {
    arn = "arn:aws:sns:eu-west-2:111122223333:a-topic"
  }
}

mock_resource "aws_cloudwatch_metric_alarm" {
  defaults = {
    arn = "arn:aws:cloudwatch:eu-west-2:111122223333:alarm:an-alarm"
  }
}

mock_resource "aws_wafv2_web_acl" {
  defaults = {
    arn = "arn:aws:wafv2:eu-west-2:111122223333:regional/webacl/an-acl/0123"
  }
}
