# The dashboard's container, in private subnets; out of them it reaches the load balancer's keys, if at all. It is reached through the load balancer
# only (load-balancer.tf), after signing in (sign-in.tf).

data "aws_caller_identity" "current" {}
data "aws_partition" "current" {}
data "aws_region" "current" {}

locals {
  account   = data.aws_caller_identity.current.account_id
  partition = data.aws_partition.current.partition
  region    = data.aws_region.current.name
  name      = "${var.name}-dashboard"

  container = "dashboard"
  port      = 8080

  # One user of no other rights, the same as in dashboard/src/main/docker/Dockerfile.native.
  user = "1001"
}

resource "aws_cloudwatch_log_group" "dashboard" {
  name              = "/${var.name}/dashboard"
  retention_in_days = var.log_retention_days
  kms_key_id        = var.kms_key_arn
}

resource "aws_ecs_cluster" "dashboard" {
  name = local.name

  setting {
    name = "containerInsights"
    # The load balancer's metrics, which are free, are enough for the alarms.
    value = "disabled"
  }
}

resource "aws_ecs_task_definition" "dashboard" {
  count = var.image_digest == null ? 0 : 1

  family                   = local.name
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = tostring(var.cpu)
  memory                   = tostring(var.memory_mb)
  execution_role_arn       = aws_iam_role.execution.arn
  # ECS cannot start a deregistered revision, and .ci/rollback returns to earlier revisions.
  # https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deregister-task-definition-v2.html
  skip_destroy = true
  # No task role: the pages read PostgreSQL and call nothing of AWS, so the container gets no credentials at all.

  runtime_platform {
    operating_system_family = "LINUX"
    cpu_architecture        = var.architecture
  }

  # The only writable folder: Vert.x unpacks the files that it serves into it. Empty at each start.
  volume {
    name = "tmp"
  }

  container_definitions = jsonencode([
    {
      name                   = local.container
      image                  = "${aws_ecr_repository.dashboard.repository_url}@${var.image_digest}"
      essential              = true
      user                   = local.user
      readonlyRootFilesystem = true
      linuxParameters = {
        initProcessEnabled = true
        capabilities       = { drop = ["ALL"] }
      }
      mountPoints  = [{ sourceVolume = "tmp", containerPath = "/tmp", readOnly = false }]
      portMappings = [{ containerPort = local.port, hostPort = local.port, protocol = "tcp" }]
      environment = [
        for name, value in merge(
          {
            QUARKUS_DATASOURCE_JDBC_URL = var.database_jdbc_url
            QUARKUS_HTTP_HOST           = "0.0.0.0"
            QUARKUS_HTTP_PORT           = tostring(local.port)
            # The load balancer, which alone can reach the port, passes on whether the reader used HTTPS.
            QUARKUS_HTTP_PROXY_PROXY_ADDRESS_FORWARDING = "true"
            SHOPFLOW_ENVIRONMENT                        = var.environment
          },
          # The network admits only the load balancer. It signs requests nevertheless, and the dashboard verifies the signature:
          # so a rule or a listener that is added by mistake gives no access.
          var.verify_sign_in ? {
            SHOPFLOW_DASHBOARD_SIGN_IN_LOAD_BALANCER_ARN = aws_lb.dashboard.arn
            SHOPFLOW_DASHBOARD_SIGN_IN_ISSUER            = "https://${aws_cognito_user_pool.readers.endpoint}"
            } : {
            SHOPFLOW_DASHBOARD_SIGN_IN_TRUST_NETWORK = "true"
          },
          var.settings,
        ) : { name = name, value = value }
      ]
      # Read by ECS with the execution role before the container starts; a rotated password needs a new deployment.
      secrets = [
        { name = "QUARKUS_DATASOURCE_PASSWORD", valueFrom = "${var.database_secret_arn}:password::" },
        { name = "QUARKUS_DATASOURCE_USERNAME", valueFrom = "${var.database_secret_arn}:username::" },
      ]
      logConfiguration = {
        logDriver = "awslogs"
        options = {
          awslogs-group         = aws_cloudwatch_log_group.dashboard.name
          awslogs-region        = local.region
          awslogs-stream-prefix = "ecs"
        }
      }
    }
  ])
}

resource "aws_ecs_service" "dashboard" {
  count = var.image_digest == null ? 0 : 1

  name            = local.name
  cluster         = aws_ecs_cluster.dashboard.id
  task_definition = aws_ecs_task_definition.dashboard[0].arn
  launch_type     = "FARGATE"
  desired_count   = var.autoscaling == null ? var.tasks : var.autoscaling.min_tasks
  propagate_tags  = "SERVICE"

  # A new version must pass its health check before the old one stops. One that never does is rolled back, and its apply
  # waits for the rollback.
  deployment_minimum_healthy_percent = 100
  deployment_maximum_percent         = 200
  health_check_grace_period_seconds  = 30
  wait_for_steady_state              = true

  deployment_circuit_breaker {
    enable   = true
    rollback = true
  }

  network_configuration {
    subnets          = var.private_subnet_ids
    security_groups  = [aws_security_group.container.id]
    assign_public_ip = false
  }

  load_balancer {
    target_group_arn = aws_lb_target_group.dashboard.arn
    container_name   = local.container
    container_port   = local.port
  }

  lifecycle {
    # Autoscaling and operators set it.
    ignore_changes = [desired_count]

    precondition {
      condition     = var.ready_when != ""
      error_message = "The new version was deployed before the step that it waits for had ended."
    }
  }

  depends_on = [
    aws_lb_listener.https,
    aws_iam_role_policy.execution,
    aws_vpc_security_group_egress_rule.container_to_database,
    aws_vpc_security_group_egress_rule.container_to_endpoints,
    aws_vpc_security_group_egress_rule.container_to_keys,
    aws_vpc_security_group_egress_rule.container_to_s3,
    aws_vpc_security_group_ingress_rule.container_from_load_balancer,
    aws_vpc_security_group_ingress_rule.database_from_container,
    aws_vpc_security_group_ingress_rule.endpoints_from_container,
  ]
}

resource "aws_appautoscaling_target" "dashboard" {
  count = var.image_digest == null || var.autoscaling == null ? 0 : 1

  service_namespace  = "ecs"
  scalable_dimension = "ecs:service:DesiredCount"
  resource_id        = "service/${aws_ecs_cluster.dashboard.name}/${aws_ecs_service.dashboard[0].name}"
  min_capacity       = var.autoscaling.min_tasks
  max_capacity       = var.autoscaling.max_tasks
}

resource "aws_appautoscaling_policy" "cpu" {
  count = length(aws_appautoscaling_target.dashboard)

  name               = "${local.name}-cpu"
  policy_type        = "TargetTrackingScaling"
  service_namespace  = aws_appautoscaling_target.dashboard[0].service_namespace
  scalable_dimension = aws_appautoscaling_target.dashboard[0].scalable_dimension
  resource_id        = aws_appautoscaling_target.dashboard[0].resource_id

  target_tracking_scaling_policy_configuration {
    target_value       = var.autoscaling.cpu_percent
    scale_in_cooldown  = 300
    scale_out_cooldown = 60

    predefined_metric_specification {
      predefined_metric_type = "ECSServiceAverageCPUUtilization"
    }
  }
}
