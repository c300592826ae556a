output "dashboard" {
  description = "The dashboard: its address, the load balancer's address, the image repository, the ECS service, and the user pool of its readers. Null without a dashboard."
  value = one([
    for dashboard in module.dashboard : {
      url                    = dashboard.url
      load_balancer_dns_name = dashboard.load_balancer_dns_name
      repository_url         = dashboard.repository_url
      repository_arn         = dashboard.repository_arn
      cluster_name           = dashboard.cluster_name
      service_name           = dashboard.service_name
      user_pool_id           = dashboard.user_pool_id
    }
  ])
}
