output "vpc_id" {
  description = "The VPC."
  value       = aws_vpc.this.id
}

output "private_subnet_ids" {
  description = "Subnets that the internet cannot reach, and that reach it only through a NAT gateway, if there is one."
  value       = aws_subnet.private[*].id

  # Resources that start there need the routes and endpoints too.
  depends_on = [
    aws_route.out,
    aws_route_table_association.private,
    aws_vpc_endpoint.interface,
    aws_vpc_endpoint.s3,
    aws_vpc_security_group_egress_rule.function_to_database,
    aws_vpc_security_group_egress_rule.function_to_endpoint,
    aws_vpc_security_group_egress_rule.function_to_s3,
    aws_vpc_security_group_ingress_rule.database_from_function,
    aws_vpc_security_group_ingress_rule.endpoint_from_function,
  ]
}

output "public_subnet_ids" {
  description = "Subnets for the load balancer; empty without a dashboard."
  value       = aws_subnet.public[*].id

  # AWS rejects an internet-facing load balancer in subnets without an internet gateway.
  depends_on = [aws_route.internet, aws_route_table_association.public]
}

output "function_security_group_id" {
  description = "The group of functions that reach the database."
  value       = aws_security_group.function.id
}

output "database_security_group_id" {
  description = "The database's group."
  value       = aws_security_group.database.id
}

output "endpoint_security_group_id" {
  description = "The interface endpoints' security group; each user of them adds a rule."
  value       = aws_security_group.endpoint.id
}

output "s3_prefix_list_id" {
  description = "The addresses of S3, for security group rules."
  value       = aws_vpc_endpoint.s3.prefix_list_id
}
