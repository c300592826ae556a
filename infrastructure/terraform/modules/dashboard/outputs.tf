output "url" {
  description = "The address of the dashboard."
  value       = "https://${var.domain_name}/"
}

output "load_balancer_dns_name" {
  description = "What the domain's record points to."
  value       = aws_lb.dashboard.dns_name
}

output "load_balancer_metric_name" {
  description = "The load balancer in CloudWatch's dimension LoadBalancer."
  value       = aws_lb.dashboard.arn_suffix
}

output "target_group_metric_name" {
  description = "The target group in CloudWatch's dimension TargetGroup."
  value       = aws_lb_target_group.dashboard.arn_suffix
}

output "repository_url" {
  description = "Where images of the dashboard are pushed."
  value       = aws_ecr_repository.dashboard.repository_url
}

output "repository_arn" {
  description = "ARN of the image repository, for the policies of roles that push to it."
  value       = aws_ecr_repository.dashboard.arn
}

output "cluster_name" {
  description = "ECS cluster of the dashboard."
  value       = aws_ecs_cluster.dashboard.name
}

output "service_name" {
  description = "ECS service of the dashboard; null before the first image."
  value       = one(aws_ecs_service.dashboard[*].name)
}

output "ready_when" {
  description = "What the service's new version waits for."
  value       = var.ready_when
}

output "user_pool_id" {
  description = "Cognito user pool into which readers are invited."
  value       = aws_cognito_user_pool.readers.id
}

output "container_security_group_id" {
  description = "Security group of the containers."
  value       = aws_security_group.container.id
}
