# The permitted connections. Only the load balancer can be reached from outside, and only on port 443, and on port 80, which
# redirects. EC2 accepts no apostrophe in a description.
#
# Fargate pulls, reads the password and logs through interface endpoints of the network for ecr.api, ecr.dkr, secretsmanager and
# logs, at 8 USD a month and zone each. A NAT gateway (40 USD a month) is there for the load balancer's keys only.

resource "aws_security_group" "load_balancer" {
  name        = "${local.name}-load-balancer"
  description = "Load balancer of the dashboard"
  vpc_id      = var.vpc_id
}

resource "aws_security_group" "container" {
  name        = "${local.name}-container"
  description = "Containers of the dashboard"
  vpc_id      = var.vpc_id
}

resource "aws_vpc_security_group_ingress_rule" "load_balancer_https" {
  for_each = toset(var.allowed_cidrs)

  security_group_id = aws_security_group.load_balancer.id
  description       = "Readers"
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
  cidr_ipv4         = each.value
}

resource "aws_vpc_security_group_ingress_rule" "load_balancer_http" {
  for_each = toset(var.allowed_cidrs)

  security_group_id = aws_security_group.load_balancer.id
  description       = "Readers, redirected to HTTPS"
  ip_protocol       = "tcp"
  from_port         = 80
  to_port           = 80
  cidr_ipv4         = each.value
}

resource "aws_vpc_security_group_egress_rule" "load_balancer_to_container" {
  security_group_id            = aws_security_group.load_balancer.id
  description                  = "Pages"
  ip_protocol                  = "tcp"
  from_port                    = local.port
  to_port                      = local.port
  referenced_security_group_id = aws_security_group.container.id
}

# The load balancer exchanges the sign-in's code for tokens at Cognito's public endpoint, whose addresses change.
# https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-authenticate-users.html
#trivy:ignore:AVD-AWS-0104
resource "aws_vpc_security_group_egress_rule" "load_balancer_to_cognito" {
  security_group_id = aws_security_group.load_balancer.id
  description       = "Token endpoint of Cognito"
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
  cidr_ipv4         = "0.0.0.0/0"
}

resource "aws_vpc_security_group_ingress_rule" "container_from_load_balancer" {
  security_group_id            = aws_security_group.container.id
  description                  = "Pages"
  ip_protocol                  = "tcp"
  from_port                    = local.port
  to_port                      = local.port
  referenced_security_group_id = aws_security_group.load_balancer.id
}

resource "aws_vpc_security_group_egress_rule" "container_to_database" {
  security_group_id            = aws_security_group.container.id
  description                  = "Warehouse"
  ip_protocol                  = "tcp"
  from_port                    = var.database_port
  to_port                      = var.database_port
  referenced_security_group_id = var.database_security_group_id
}

resource "aws_vpc_security_group_ingress_rule" "database_from_container" {
  security_group_id            = var.database_security_group_id
  description                  = "Dashboard"
  ip_protocol                  = "tcp"
  from_port                    = var.database_port
  to_port                      = var.database_port
  referenced_security_group_id = aws_security_group.container.id
}

resource "aws_vpc_security_group_egress_rule" "container_to_endpoints" {
  security_group_id            = aws_security_group.container.id
  description                  = "Image, password and logs"
  ip_protocol                  = "tcp"
  from_port                    = 443
  to_port                      = 443
  referenced_security_group_id = var.endpoint_security_group_id
}

resource "aws_vpc_security_group_ingress_rule" "endpoints_from_container" {
  security_group_id            = var.endpoint_security_group_id
  description                  = "Dashboard"
  ip_protocol                  = "tcp"
  from_port                    = 443
  to_port                      = 443
  referenced_security_group_id = aws_security_group.container.id
}

# The load balancer's signing keys are at an internet address whose IP addresses change, so the rule permits all addresses. That is
# the price of verifying signatures: an attacker who controls the container could use it to send out the data that the dashboard reads.
# https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-authenticate-users.html#user-claims-encoding
#trivy:ignore:AVD-AWS-0104
resource "aws_vpc_security_group_egress_rule" "container_to_keys" {
  count = var.verify_sign_in ? 1 : 0

  security_group_id = aws_security_group.container.id
  description       = "Keys of the load balancer"
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
  cidr_ipv4         = "0.0.0.0/0"
}

# ECR keeps the layers in S3; the way there is the network's gateway endpoint.
resource "aws_vpc_security_group_egress_rule" "container_to_s3" {
  security_group_id = aws_security_group.container.id
  description       = "Image layers"
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
  prefix_list_id    = var.s3_prefix_list_id
}
