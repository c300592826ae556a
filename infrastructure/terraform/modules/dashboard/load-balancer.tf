resource "aws_lb" "dashboard" {
  name               = local.name
  load_balancer_type = "application"
  internal           = false
  subnets            = var.public_subnet_ids
  security_groups    = [aws_security_group.load_balancer.id]

  drop_invalid_header_fields = true
  enable_deletion_protection = var.deletion_protection
  tags                       = { Name = local.name }

  dynamic "access_logs" {
    for_each = aws_s3_bucket.access_logs

    content {
      bucket  = access_logs.value.id
      enabled = true
    }
  }

  # The load balancer writes a test file as soon as the bucket is configured.
  depends_on = [aws_s3_bucket_policy.access_logs]
}

resource "aws_lb_target_group" "dashboard" {
  name                 = local.name
  vpc_id               = var.vpc_id
  target_type          = "ip"
  port                 = local.port
  protocol             = "HTTP"
  deregistration_delay = 30

  health_check {
    # Liveness, not readiness: while the database is unavailable, the pages are served with a message, and a restart would not help.
    path                = "/q/health/live"
    protocol            = "HTTP"
    matcher             = "200"
    interval            = 15
    timeout             = 5
    healthy_threshold   = 2
    unhealthy_threshold = 3
  }
}

resource "aws_lb_listener" "https" {
  load_balancer_arn = aws_lb.dashboard.arn
  port              = 443
  protocol          = "HTTPS"
  certificate_arn   = var.certificate_arn
  ssl_policy        = "ELBSecurityPolicy-TLS13-1-2-2021-06"

  routing_http_response_strict_transport_security_header_value = "max-age=31536000"
  routing_http_response_server_enabled                         = false

  default_action {
    order = 1
    type  = "authenticate-cognito"

    authenticate_cognito {
      user_pool_arn              = aws_cognito_user_pool.readers.arn
      user_pool_client_id        = aws_cognito_user_pool_client.load_balancer.id
      user_pool_domain           = aws_cognito_user_pool_domain.sign_in.domain
      scope                      = "openid"
      session_timeout            = var.session_hours * 3600
      on_unauthenticated_request = "authenticate"
    }
  }

  default_action {
    order            = 2
    type             = "forward"
    target_group_arn = aws_lb_target_group.dashboard.arn
  }
}

resource "aws_lb_listener" "http" {
  load_balancer_arn = aws_lb.dashboard.arn
  port              = 80
  protocol          = "HTTP"

  default_action {
    type = "redirect"

    redirect {
      port        = "443"
      protocol    = "HTTPS"
      status_code = "HTTP_301"
    }
  }
}

resource "aws_route53_record" "dashboard" {
  count = var.hosted_zone_id == null ? 0 : 1

  zone_id = var.hosted_zone_id
  name    = var.domain_name
  type    = "A"

  alias {
    name                   = aws_lb.dashboard.dns_name
    zone_id                = aws_lb.dashboard.zone_id
    evaluate_target_health = false
  }
}
