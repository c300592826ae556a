mock_provider "aws" {
  source = "../../mocks"
}

variables {
  name                  = "shopflow-test"
  region                = "eu-west-2"
  cidr_block            = "10.20.0.0/16"
  availability_zones    = 2
  account_id            = "111122223333"
  bucket_arn            = "arn:aws:s3:::the-data-bucket"
  key_arn               = "arn:aws:kms:eu-west-2:111122223333:key/11111111-2222-3333-4444-555555555555"
  public_subnets        = false
  interface_endpoints   = ["secretsmanager"]
  flow_logs             = true
  log_retention_in_days = 30
}

override_resource {
  target = aws_security_group.function
  values = { id = "sg-function" }
}
override_resource {
  target = aws_security_group.database
  values = { id = "sg-database" }
}
override_resource {
  target = aws_security_group.endpoint
  values = { id = "sg-endpoint" }
}

run "private" {
  assert {
    condition     = length(aws_subnet.private) == 2 && length(distinct(aws_subnet.private[*].availability_zone)) == 2 && alltrue([for subnet in aws_subnet.private : subnet.map_public_ip_on_launch == false])
    error_message = "Private subnets in two zones."
  }
  assert {
    condition     = length(aws_subnet.public) == 0 && length(aws_internet_gateway.this) == 0 && length(aws_route.internet) + length(aws_route.out) + length(aws_nat_gateway.this) == 0
    error_message = "No way in or out without a dashboard."
  }
  assert {
    condition     = alltrue([for association in aws_route_table_association.private : association.route_table_id == aws_route_table.private.id])
    error_message = "Private subnets have the route table without a way out."
  }
  assert {
    condition = toset([
      for rule in [
        aws_vpc_security_group_ingress_rule.database_from_function, aws_vpc_security_group_ingress_rule.endpoint_from_function,
        aws_vpc_security_group_egress_rule.function_to_database, aws_vpc_security_group_egress_rule.function_to_endpoint, aws_vpc_security_group_egress_rule.function_to_s3,
      ] : "${rule.security_group_id} ${coalesce(rule.referenced_security_group_id, rule.prefix_list_id)} ${rule.ip_protocol} ${rule.from_port}-${rule.to_port}"
      ]) == toset([
      "sg-database sg-function tcp 5432-5432", "sg-endpoint sg-function tcp 443-443",
      "sg-function sg-database tcp 5432-5432", "sg-function sg-endpoint tcp 443-443", "sg-function pl-12345678 tcp 443-443",
    ])
    error_message = "Functions reach the database, S3 and Secrets Manager, and nothing else."
  }
  assert {
    condition = alltrue([
      for rule in [
        aws_vpc_security_group_ingress_rule.database_from_function, aws_vpc_security_group_ingress_rule.endpoint_from_function,
        aws_vpc_security_group_egress_rule.function_to_database, aws_vpc_security_group_egress_rule.function_to_endpoint, aws_vpc_security_group_egress_rule.function_to_s3,
      ] : rule.cidr_ipv4 == null && rule.cidr_ipv6 == null
    ])
    error_message = "Groups name no addresses."
  }
  assert {
    condition     = alltrue([for group in [aws_security_group.function, aws_security_group.database, aws_security_group.endpoint] : length(group.ingress) == 0 && length(group.egress) == 0])
    error_message = "Groups have no rules but those above."
  }
  assert {
    condition     = length(aws_default_security_group.this.ingress) == 0 && length(aws_default_security_group.this.egress) == 0
    error_message = "The default group is closed."
  }
  assert {
    condition     = keys(aws_vpc_endpoint.interface) == ["secretsmanager"] && aws_vpc_endpoint.interface["secretsmanager"].private_dns_enabled && aws_vpc_endpoint.interface["secretsmanager"].security_group_ids == toset(["sg-endpoint"])
    error_message = "One interface endpoint: each has its price."
  }
  assert {
    condition     = aws_vpc_endpoint.s3.vpc_endpoint_type == "Gateway" && aws_vpc_endpoint.s3.route_table_ids == toset([aws_route_table.private.id])
    error_message = "S3 is reached for nothing."
  }
  assert {
    condition = [for statement in jsondecode(aws_vpc_endpoint.s3.policy).Statement : [statement.Action, statement.Resource]] == [
      [["s3:GetObject"], ["arn:aws:s3:::the-data-bucket/*"]],
      [["s3:PutObject"], ["arn:aws:s3:::the-data-bucket/notifications/*"]],
      [["s3:ListBucket"], ["arn:aws:s3:::the-data-bucket"]],
    ]
    error_message = "From inside, only the data bucket can be read and only its notifications be written, and absent objects are distinguished from forbidden ones."
  }
  assert {
    condition = alltrue(flatten([
      for endpoint in concat([aws_vpc_endpoint.s3], values(aws_vpc_endpoint.interface)) : [
        for statement in jsondecode(endpoint.policy).Statement :
        statement.Condition == { StringEquals = { "aws:PrincipalAccount" = "111122223333" } } && alltrue([for action in flatten([statement.Action]) : !strcontains(action, "*")])
      ]
    ]))
    error_message = "Endpoints are for this account, and for named actions."
  }
  assert {
    condition     = aws_flow_log.this[0].traffic_type == "ALL" && aws_cloudwatch_log_group.flow[0].kms_key_id == var.key_arn && aws_cloudwatch_log_group.flow[0].retention_in_days == 30
    error_message = "Flow logs are encrypted and have a retention."
  }
  assert {
    condition     = [for statement in jsondecode(aws_iam_role_policy.flow[0].policy).Statement : statement.Action] == [["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"], ["logs:DescribeLogGroups"]]
    error_message = "Flow logs find their group and write to it."
  }
  assert {
    condition = alltrue([
      for text in [
        aws_security_group.function.description, aws_security_group.database.description, aws_security_group.endpoint.description,
        aws_vpc_security_group_ingress_rule.database_from_function.description, aws_vpc_security_group_ingress_rule.endpoint_from_function.description,
        aws_vpc_security_group_egress_rule.function_to_database.description, aws_vpc_security_group_egress_rule.function_to_endpoint.description,
        aws_vpc_security_group_egress_rule.function_to_s3.description,
      ] : can(regex("^[a-zA-Z0-9. _:/()#,@+=&;!*-]+$", text))
    ])
    error_message = "A description that EC2 refuses."
  }
}

run "with_a_load_balancer" {
  command = plan
  variables {
    availability_zones  = 3
    public_subnets      = true
    interface_endpoints = ["secretsmanager", "ecr.api", "ecr.dkr", "logs"]
    flow_logs           = false
  }
  assert {
    condition     = length(aws_subnet.private) == 3 && length(aws_subnet.public) == 3 && length(distinct(concat(aws_subnet.private[*].cidr_block, aws_subnet.public[*].cidr_block))) == 6
    error_message = "Subnets of both kinds in three zones."
  }
  assert {
    condition     = alltrue([for subnet in concat(aws_subnet.public, aws_subnet.private) : subnet.map_public_ip_on_launch == false])
    error_message = "Nothing gets a public address by itself."
  }
  assert {
    condition = contains(
      [for statement in jsondecode(aws_vpc_endpoint.s3.policy).Statement : [statement.Action, statement.Resource]],
      [["s3:GetObject"], ["arn:aws:s3:::prod-eu-west-2-starport-layer-bucket/*"]]
    )
    error_message = "The layers of images can be pulled."
  }
  assert {
    condition     = length(aws_flow_log.this) == 0
    error_message = "Flow logs can be left out."
  }
  assert {
    condition     = length(aws_nat_gateway.this) == 0 && length(aws_route.out) == 0
    error_message = "A load balancer alone needs no way out."
  }
}

run "with_a_sign_in_that_is_verified" {
  command = plan
  variables {
    public_subnets = true
    nat_gateway    = true
  }
  assert {
    condition     = length(aws_nat_gateway.this) == 1 && aws_route.out[0].destination_cidr_block == "0.0.0.0/0"
    error_message = "One gateway: each has its price."
  }
}

run "a_gateway_needs_a_public_subnet" {
  command = plan
  variables {
    nat_gateway = true
  }
  expect_failures = [var.nat_gateway]
}
