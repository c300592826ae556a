mock_provider "aws" {
  override_during = plan

  mock_data "aws_caller_identity" {
    defaults = { account_id = "123456789012" }
  }
  mock_data "aws_partition" {
    defaults = { partition = "aws" }
  }
  mock_data "aws_region" {
    defaults = { name = "eu-west-2" }
  }
  mock_resource "aws_ecr_repository" {
    defaults = {
      arn            = "arn:aws:ecr:eu-west-2:123456789012:repository/shopflow-test-dashboard"
      repository_url = "123456789012.dkr.ecr.eu-west-2.amazonaws.com/shopflow-test-dashboard"
    }
  }
  mock_resource "aws_cloudwatch_log_group" {
    defaults = { arn = "arn:aws:logs:eu-west-2:123456789012:log-group:/shopflow-test/dashboard" }
  }
  mock_resource "aws_iam_role" {
    defaults = { arn = "arn:aws:iam::123456789012:role/shopflow-test-dashboard-execution" }
  }
  mock_resource "aws_lb" {
    defaults = {
      arn      = "arn:aws:elasticloadbalancing:eu-west-2:123456789012:loadbalancer/app/shopflow-test-dashboard/0123456789abcdef"
      dns_name = "shopflow-test-dashboard.eu-west-2.elb.amazonaws.com"
    }
  }
  mock_resource "aws_lb_target_group" {
    defaults = { arn = "arn:aws:elasticloadbalancing:eu-west-2:123456789012:targetgroup/shopflow-test-dashboard/0123456789abcdef" }
  }
  mock_resource "aws_cognito_user_pool" {
    defaults = {
      arn      = "arn:aws:cognito-idp:eu-west-2:123456789012:userpool/eu-west-2_readers"
      endpoint = "cognito-idp.eu-west-2.amazonaws.com/eu-west-2_readers"
    }
  }
  mock_resource "aws_ecs_task_definition" {
    defaults = { arn = "arn:aws:ecs:eu-west-2:123456789012:task-definition/shopflow-test-dashboard:1" }
  }
  mock_resource "aws_wafv2_web_acl" {
    defaults = { arn = "arn:aws:wafv2:eu-west-2:123456789012:regional/webacl/shopflow-test-dashboard/0123" }
  }
  mock_resource "aws_s3_bucket" {
    defaults = {
      id  = "shopflow-test-dashboard-access-logs-123456789012"
      arn = "arn:aws:s3:::shopflow-test-dashboard-access-logs-123456789012"
    }
  }
}

variables {
  name                       = "shopflow-test"
  environment                = "test"
  vpc_id                     = "vpc-1"
  public_subnet_ids          = ["subnet-public-a", "subnet-public-b"]
  private_subnet_ids         = ["subnet-private-a", "subnet-private-b"]
  database_security_group_id = "sg-database"
  database_jdbc_url          = "jdbc:postgresql://database.internal:5432/shopflow?sslmode=require"
  database_secret_arn        = "arn:aws:secretsmanager:eu-west-2:123456789012:secret:shopflow-test/dashboard-AbCdEf"
  endpoint_security_group_id = "sg-endpoints"
  s3_prefix_list_id          = "pl-s3"
  kms_key_arn                = "arn:aws:kms:eu-west-2:123456789012:key/data"
  domain_name                = "figures.example.com"
  certificate_arn            = "arn:aws:acm:eu-west-2:123456789012:certificate/0123"
  cognito_domain_prefix      = "shopflow-test-figures"
  image_digest               = "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
}

# One run for all that holds without further settings: each run starts the provider anew, which takes seconds.
run "as_it_is_by_default" {
  assert {
    condition = alltrue([
      for text in concat(
        [aws_security_group.load_balancer.description, aws_security_group.container.description],
        values(aws_vpc_security_group_ingress_rule.load_balancer_https)[*].description,
        values(aws_vpc_security_group_ingress_rule.load_balancer_http)[*].description,
        [
          for rule in [
            aws_vpc_security_group_egress_rule.load_balancer_to_container, aws_vpc_security_group_egress_rule.load_balancer_to_cognito,
            aws_vpc_security_group_egress_rule.container_to_database, aws_vpc_security_group_egress_rule.container_to_endpoints,
            aws_vpc_security_group_egress_rule.container_to_s3,
          ] : rule.description
        ],
        [
          for rule in [
            aws_vpc_security_group_ingress_rule.container_from_load_balancer, aws_vpc_security_group_ingress_rule.database_from_container,
            aws_vpc_security_group_ingress_rule.endpoints_from_container,
          ] : rule.description
        ],
      ) : can(regex("^[a-zA-Z0-9. _:/()#,@+=&;!*-]+$", text))
    ])
    error_message = "A description that EC2 refuses."
  }
  command = plan

  # Only https forwards and only to who signed in.
  assert {
    condition     = aws_lb_listener.https.protocol == "HTTPS" && aws_lb_listener.https.port == 443 && startswith(aws_lb_listener.https.ssl_policy, "ELBSecurityPolicy-TLS13-")
    error_message = "The listener that forwards requires HTTPS with TLS 1.2 or newer."
  }
  assert {
    condition     = [for action in aws_lb_listener.https.default_action : action.type] == ["authenticate-cognito", "forward"]
    error_message = "Requests are forwarded only after the sign-in."
  }
  assert {
    condition     = one(aws_lb_listener.https.default_action[0].authenticate_cognito).on_unauthenticated_request == "authenticate"
    error_message = "Requests without a sign-in are redirected to it."
  }
  assert {
    condition = alltrue([
      for action in aws_lb_listener.http.default_action :
      action.type == "redirect" && action.redirect[0].protocol == "HTTPS" && action.redirect[0].port == "443"
    ])
    error_message = "HTTP does nothing but redirect to HTTPS."
  }
  assert {
    condition     = startswith(aws_lb_listener.https.routing_http_response_strict_transport_security_header_value, "max-age=")
    error_message = "Browsers are redirected to HTTPS."
  }

  # There is no self-registration.
  assert {
    condition     = aws_cognito_user_pool.readers.admin_create_user_config[0].allow_admin_create_user_only
    error_message = "Only administrators make readers."
  }
  assert {
    condition     = aws_cognito_user_pool.readers.mfa_configuration == "ON" && aws_cognito_user_pool.readers.deletion_protection == "ACTIVE"
    error_message = "A second factor is needed, and the directory is not deleted by mistake."
  }
  assert {
    condition     = aws_cognito_user_pool_client.load_balancer.allowed_oauth_flows == toset(["code"]) && aws_cognito_user_pool_client.load_balancer.callback_urls == toset(["https://figures.example.com/oauth2/idpresponse"])
    error_message = "Codes go to the load balancer only."
  }

  # Nothing is public but the load balancer.
  assert {
    condition = alltrue([
      for rule in values(aws_vpc_security_group_ingress_rule.load_balancer_https) : rule.from_port == 443 && rule.to_port == 443
      ]) && alltrue([
      for rule in values(aws_vpc_security_group_ingress_rule.load_balancer_http) : rule.from_port == 80 && rule.to_port == 80
    ])
    error_message = "Readers reach 443 and 80."
  }
  assert {
    condition = alltrue([
      for rule in [
        aws_vpc_security_group_ingress_rule.container_from_load_balancer,
        aws_vpc_security_group_ingress_rule.database_from_container,
        aws_vpc_security_group_ingress_rule.endpoints_from_container,
      ] : rule.cidr_ipv4 == null && rule.cidr_ipv6 == null && rule.from_port == rule.to_port
    ])
    error_message = "Everything else is reached from named security groups, on one port."
  }
  assert {
    condition     = aws_ecs_service.dashboard[0].network_configuration[0].assign_public_ip == false && aws_ecs_service.dashboard[0].network_configuration[0].subnets == toset(var.private_subnet_ids)
    error_message = "Containers are in private subnets, without public addresses."
  }
  assert {
    condition = alltrue([
      for rule in [
        aws_vpc_security_group_egress_rule.container_to_database,
        aws_vpc_security_group_egress_rule.container_to_endpoints,
        aws_vpc_security_group_egress_rule.container_to_s3,
      ] : rule.cidr_ipv4 == null && rule.cidr_ipv6 == null
    ])
    error_message = "Containers reach the database and what they need to start."
  }
  assert {
    condition     = [for rule in aws_vpc_security_group_egress_rule.container_to_keys : "${rule.cidr_ipv4} ${rule.from_port}-${rule.to_port}"] == ["0.0.0.0/0 443-443"]
    error_message = "And by HTTPS what AWS publishes, which has no other address."
  }
  assert {
    condition = { for entry in jsondecode(aws_ecs_task_definition.dashboard[0].container_definitions)[0].environment : entry.name => entry.value if strcontains(entry.name, "SIGN_IN") } == {
      SHOPFLOW_DASHBOARD_SIGN_IN_LOAD_BALANCER_ARN = aws_lb.dashboard.arn
      SHOPFLOW_DASHBOARD_SIGN_IN_ISSUER            = "https://cognito-idp.eu-west-2.amazonaws.com/eu-west-2_readers"
    }
    error_message = "The dashboard answers what this load balancer signed, and nothing else."
  }
  assert {
    condition     = aws_lb.dashboard.drop_invalid_header_fields && aws_lb.dashboard.enable_deletion_protection
    error_message = "The load balancer drops what is no header, and is not deleted by mistake."
  }

  # The image is named by digest and no tag moves.
  assert {
    condition     = jsondecode(aws_ecs_task_definition.dashboard[0].container_definitions)[0].image == "123456789012.dkr.ecr.eu-west-2.amazonaws.com/shopflow-test-dashboard@${var.image_digest}"
    error_message = "What runs is the digest."
  }
  assert {
    condition     = aws_ecr_repository.dashboard.image_tag_mutability == "IMMUTABLE" && aws_ecr_repository.dashboard.image_scanning_configuration[0].scan_on_push
    error_message = "Tags do not move, and images are scanned."
  }
  assert {
    # An index, and an image for each of two architectures.
    condition     = jsondecode(aws_ecr_lifecycle_policy.dashboard.policy).rules[0].selection.countNumber >= 3 * 20
    error_message = "There are twenty releases to go back to."
  }
  assert {
    condition     = one(aws_ecr_repository.dashboard.encryption_configuration).encryption_type == "KMS" && one(aws_ecr_repository.dashboard.encryption_configuration).kms_key == var.kms_key_arn
    error_message = "Images are encrypted with the customer's key."
  }

  # The container can change nothing.
  assert {
    condition     = jsondecode(aws_ecs_task_definition.dashboard[0].container_definitions)[0].readonlyRootFilesystem == true
    error_message = "The root file system is read-only."
  }
  assert {
    condition     = !contains(["", "0", "root"], jsondecode(aws_ecs_task_definition.dashboard[0].container_definitions)[0].user)
    error_message = "The user is not root."
  }
  assert {
    condition     = jsondecode(aws_ecs_task_definition.dashboard[0].container_definitions)[0].linuxParameters.capabilities.drop == ["ALL"]
    error_message = "All capabilities are dropped."
  }
  assert {
    condition     = aws_ecs_task_definition.dashboard[0].task_role_arn == null && aws_ecs_service.dashboard[0].enable_execute_command != true
    error_message = "The container has no AWS credentials, and no shell can be opened in it."
  }

  # The password comes from secrets manager.
  assert {
    condition = { for secret in jsondecode(aws_ecs_task_definition.dashboard[0].container_definitions)[0].secrets : secret.name => secret.valueFrom } == {
      QUARKUS_DATASOURCE_PASSWORD = "${var.database_secret_arn}:password::"
      QUARKUS_DATASOURCE_USERNAME = "${var.database_secret_arn}:username::"
    }
    error_message = "Name and password are read from the secret when a task starts."
  }
  assert {
    condition     = !anytrue([for entry in jsondecode(aws_ecs_task_definition.dashboard[0].container_definitions)[0].environment : can(regex("PASSWORD|SECRET|KEY", entry.name))])
    error_message = "The environment contains no secret."
  }
  assert {
    condition     = contains(jsondecode(aws_ecs_task_definition.dashboard[0].container_definitions)[0].environment, { name = "QUARKUS_DATASOURCE_JDBC_URL", value = var.database_jdbc_url })
    error_message = "The container knows where the database is."
  }

  # Logs are encrypted and end.
  assert {
    condition     = aws_cloudwatch_log_group.dashboard.kms_key_id == var.kms_key_arn && aws_cloudwatch_log_group.dashboard.retention_in_days == 30
    error_message = "The log group has a key and a retention."
  }
  assert {
    condition     = jsondecode(aws_ecs_task_definition.dashboard[0].container_definitions)[0].logConfiguration.options["awslogs-group"] == aws_cloudwatch_log_group.dashboard.name
    error_message = "The container logs there."
  }

  # Every version that ran can run again.
  assert {
    condition     = aws_ecs_task_definition.dashboard[0].skip_destroy
    error_message = "A former revision stays registered, or nothing could go back to it."
  }

  # A version that does not come up is rolled back.
  assert {
    condition     = aws_ecs_service.dashboard[0].deployment_circuit_breaker[0].enable && aws_ecs_service.dashboard[0].deployment_circuit_breaker[0].rollback
    error_message = "The circuit breaker rolls back."
  }
  assert {
    condition     = aws_ecs_service.dashboard[0].deployment_minimum_healthy_percent == 100 && aws_ecs_service.dashboard[0].wait_for_steady_state
    error_message = "The old version stays until the new one answers, and the apply waits."
  }
  assert {
    condition     = aws_lb_target_group.dashboard.health_check[0].path == "/q/health/live"
    error_message = "The health check depends on the page, not on the database."
  }

  # No permission is wider than it has to be.
  assert {
    condition     = !anytrue([for action in flatten([for statement in jsondecode(aws_iam_role_policy.execution.policy).Statement : statement.Action]) : strcontains(action, "*")])
    error_message = "No wildcard in actions."
  }
  assert {
    condition = alltrue([
      for statement in jsondecode(aws_iam_role_policy.execution.policy).Statement :
      !contains(statement.Resource, "*") || statement.Action == ["ecr:GetAuthorizationToken"]
    ])
    error_message = "All resources only where the action knows none."
  }
  assert {
    condition = anytrue([
      for statement in jsondecode(aws_iam_role_policy.execution.policy).Statement :
      statement.Action == ["secretsmanager:GetSecretValue"] && statement.Resource == [var.database_secret_arn]
    ])
    error_message = "One secret can be read."
  }
  assert {
    condition     = jsondecode(aws_iam_role.execution.assume_role_policy).Statement[0].Condition.StringEquals["aws:SourceAccount"] == "123456789012"
    error_message = "ECS takes the role for this account only."
  }


  # What is optional is off.
  assert {
    condition     = length(aws_appautoscaling_target.dashboard) + length(aws_wafv2_web_acl.dashboard) + length(aws_s3_bucket.access_logs) + length(aws_route53_record.dashboard) == 0
    error_message = "Optional resources are created only on request."
  }
}

run "only_an_office_where_one_is_named" {
  command = plan

  variables {
    allowed_cidrs = ["203.0.113.0/24"]
  }

  assert {
    condition = alltrue([
      for rule in concat(values(aws_vpc_security_group_ingress_rule.load_balancer_https), values(aws_vpc_security_group_ingress_rule.load_balancer_http)) :
      rule.cidr_ipv4 == "203.0.113.0/24"
    ])
    error_message = "Only the office's addresses reach the load balancer."
  }
}

run "the_network_alone_where_it_is_trusted" {
  command = plan

  variables {
    verify_sign_in = false
  }

  assert {
    condition     = length(aws_vpc_security_group_egress_rule.container_to_keys) == 0
    error_message = "Nothing is reached outside the network."
  }
  assert {
    condition = { for entry in jsondecode(aws_ecs_task_definition.dashboard[0].container_definitions)[0].environment : entry.name => entry.value if strcontains(entry.name, "SIGN_IN") } == {
      SHOPFLOW_DASHBOARD_SIGN_IN_TRUST_NETWORK = "true"
    }
    error_message = "The dashboard is configured to trust the network."
  }
}

run "before_the_first_image_there_is_a_repository_and_no_service" {
  command = plan

  variables {
    image_digest = null
    autoscaling  = { min_tasks = 1, max_tasks = 3 }
  }

  assert {
    condition     = length(aws_ecs_service.dashboard) == 0 && length(aws_ecs_task_definition.dashboard) == 0 && length(aws_appautoscaling_target.dashboard) == 0
    error_message = "Nothing can run yet."
  }
  assert {
    condition     = output.repository_url != null && output.service_name == null
    error_message = "The repository is there to push to."
  }
}

run "before_the_migration_nothing_new_runs" {
  command = plan

  variables {
    ready_when = ""
  }

  expect_failures = [aws_ecs_service.dashboard]
}

run "what_is_optional_can_be_had" {
  command = plan

  variables {
    autoscaling     = { min_tasks = 2, max_tasks = 4 }
    web_firewall    = true
    access_log_days = 90
    hosted_zone_id  = "Z0123456789ABC"
    settings        = { SHOPFLOW_DASHBOARD_STALE_AFTER = "30H" }
  }

  assert {
    condition     = aws_appautoscaling_target.dashboard[0].min_capacity == 2 && aws_appautoscaling_target.dashboard[0].max_capacity == 4 && aws_ecs_service.dashboard[0].desired_count == 2
    error_message = "Autoscaling has its bounds."
  }
  assert {
    condition     = aws_wafv2_web_acl_association.dashboard[0].resource_arn == aws_lb.dashboard.arn
    error_message = "The firewall stands before the load balancer."
  }
  assert {
    condition     = aws_lb.dashboard.access_logs[0].enabled && aws_s3_bucket_public_access_block.access_logs[0].restrict_public_buckets && aws_s3_bucket_public_access_block.access_logs[0].block_public_policy
    error_message = "Access logs go to a bucket that is not public."
  }
  assert {
    condition     = aws_s3_bucket_lifecycle_configuration.access_logs[0].rule[0].expiration[0].days == 90
    error_message = "Access logs expire."
  }
  assert {
    condition     = anytrue([for statement in jsondecode(aws_s3_bucket_policy.access_logs[0].policy).Statement : statement.Effect == "Deny" && try(statement.Condition.Bool["aws:SecureTransport"], "") == "false"])
    error_message = "Access logs are read by TLS only."
  }
  assert {
    condition     = contains(jsondecode(aws_ecs_task_definition.dashboard[0].container_definitions)[0].environment, { name = "SHOPFLOW_DASHBOARD_STALE_AFTER", value = "30H" })
    error_message = "The dashboard's own settings reach it."
  }
}

run "what_is_refused" {
  command = plan

  variables {
    image_digest      = "latest"
    database_jdbc_url = "jdbc:postgresql://database.internal:5432/shopflow"
    settings          = { QUARKUS_DATASOURCE_PASSWORD = "no" }
  }

  expect_failures = [var.image_digest, var.database_jdbc_url, var.settings]
}
