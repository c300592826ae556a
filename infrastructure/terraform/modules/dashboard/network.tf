# Who reaches whom. Only the load balancer is reached from outside, and only on 443 and on 80, which redirects.

resource "aws_security_group" "load_balancer" {
  name        = "${local.name}-load-balancer"
  description = "The dashboard's load balancer"
  vpc_id      = var.vpc_id
  tags        = var.tags
}

resource "aws_security_group" "container" {
  name        = "${local.name}-container"
  description = "The dashboard's containers"
  vpc_id      = var.vpc_id
  tags        = var.tags
}

resource "aws_security_group" "endpoints" {
  name        = "${local.name}-endpoints"
  description = "Endpoints through which the dashboard's containers start"
  vpc_id      = var.vpc_id
  tags        = var.tags
}

resource "aws_vpc_security_group_ingress_rule" "load_balancer_https" {
  for_each = toset(var.allowed_cidrs)

  security_group_id = aws_security_group.load_balancer.id
  description       = "Readers"
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
  cidr_ipv4         = each.value
  tags              = var.tags
}

resource "aws_vpc_security_group_ingress_rule" "load_balancer_http" {
  for_each = toset(var.allowed_cidrs)

  security_group_id = aws_security_group.load_balancer.id
  description       = "Readers, redirected to HTTPS"
  ip_protocol       = "tcp"
  from_port         = 80
  to_port           = 80
  cidr_ipv4         = each.value
  tags              = var.tags
}

resource "aws_vpc_security_group_egress_rule" "load_balancer_to_container" {
  security_group_id            = aws_security_group.load_balancer.id
  description                  = "Pages"
  ip_protocol                  = "tcp"
  from_port                    = local.port
  to_port                      = local.port
  referenced_security_group_id = aws_security_group.container.id
  tags                         = var.tags
}

# The load balancer exchanges the sign-in's code for tokens at Cognito's public endpoint, whose addresses change.
# https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-authenticate-users.html
resource "aws_vpc_security_group_egress_rule" "load_balancer_to_cognito" {
  security_group_id = aws_security_group.load_balancer.id
  description       = "Cognito's token endpoint"
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
  cidr_ipv4         = "0.0.0.0/0"
  tags              = var.tags
}

resource "aws_vpc_security_group_ingress_rule" "container_from_load_balancer" {
  security_group_id            = aws_security_group.container.id
  description                  = "Pages"
  ip_protocol                  = "tcp"
  from_port                    = local.port
  to_port                      = local.port
  referenced_security_group_id = aws_security_group.load_balancer.id
  tags                         = var.tags
}

resource "aws_vpc_security_group_egress_rule" "container_to_database" {
  security_group_id            = aws_security_group.container.id
  description                  = "Warehouse"
  ip_protocol                  = "tcp"
  from_port                    = var.database_port
  to_port                      = var.database_port
  referenced_security_group_id = var.database_security_group_id
  tags                         = var.tags
}

resource "aws_vpc_security_group_ingress_rule" "database_from_container" {
  security_group_id            = var.database_security_group_id
  description                  = "Dashboard"
  ip_protocol                  = "tcp"
  from_port                    = var.database_port
  to_port                      = var.database_port
  referenced_security_group_id = aws_security_group.container.id
  tags                         = var.tags
}

resource "aws_vpc_security_group_egress_rule" "container_to_endpoints" {
  security_group_id            = aws_security_group.container.id
  description                  = "Registry and logs"
  ip_protocol                  = "tcp"
  from_port                    = 443
  to_port                      = 443
  referenced_security_group_id = aws_security_group.endpoints.id
  tags                         = var.tags
}

resource "aws_vpc_security_group_ingress_rule" "endpoints_from_container" {
  security_group_id            = aws_security_group.endpoints.id
  description                  = "Dashboard"
  ip_protocol                  = "tcp"
  from_port                    = 443
  to_port                      = 443
  referenced_security_group_id = aws_security_group.container.id
  tags                         = var.tags
}

resource "aws_vpc_security_group_egress_rule" "container_to_secrets_endpoint" {
  security_group_id            = aws_security_group.container.id
  description                  = "Password at start"
  ip_protocol                  = "tcp"
  from_port                    = 443
  to_port                      = 443
  referenced_security_group_id = var.secrets_endpoint_security_group_id
  tags                         = var.tags
}

resource "aws_vpc_security_group_ingress_rule" "secrets_endpoint_from_container" {
  security_group_id            = var.secrets_endpoint_security_group_id
  description                  = "Dashboard"
  ip_protocol                  = "tcp"
  from_port                    = 443
  to_port                      = 443
  referenced_security_group_id = aws_security_group.container.id
  tags                         = var.tags
}

# ECR keeps the layers in S3; the way there is the network's gateway endpoint.
data "aws_ec2_managed_prefix_list" "s3" {
  name = "com.amazonaws.${local.region}.s3"
}

resource "aws_vpc_security_group_egress_rule" "container_to_s3" {
  security_group_id = aws_security_group.container.id
  description       = "Image layers"
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
  prefix_list_id    = data.aws_ec2_managed_prefix_list.s3.id
  tags              = var.tags
}

# What Fargate needs where there is no NAT gateway. An interface endpoint costs about 8 USD a month in each availability
# zone (0.011 USD an hour in eu-west-2) and 0.01 USD a GB: three in two zones are 48 USD; in one zone
# (endpoint_subnet_ids), which a task in another zone reaches too, 24 USD. A NAT gateway costs 36 USD in each zone
# (0.05 USD an hour) and opens the way to everywhere.
resource "aws_vpc_endpoint" "interface" {
  for_each = toset(["ecr.api", "ecr.dkr", "logs"])

  vpc_id              = var.vpc_id
  service_name        = "com.amazonaws.${local.region}.${each.key}"
  vpc_endpoint_type   = "Interface"
  subnet_ids          = coalesce(var.endpoint_subnet_ids, var.private_subnet_ids)
  security_group_ids  = [aws_security_group.endpoints.id]
  private_dns_enabled = true
  tags                = merge(var.tags, { Name = "${local.name}-${each.key}" })

  # Nobody from elsewhere comes through it, whatever their own policies say.
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Principal = "*"
        Action    = "*"
        Resource  = "*"
        Condition = { StringEquals = { "aws:PrincipalAccount" = local.account } }
      }
    ]
  })
}
