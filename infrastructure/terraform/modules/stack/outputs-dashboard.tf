output "dashboard" {
  description = "The dashboard: its address, what the address points to, where images are pushed, what runs it, and where readers are invited. Null without one."
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
