variable "dashboard" {
  description = <<-E
    The dashboard, where dashboard_enabled.
    domain_name, certificate_arn: its address, and the ACM certificate for it in the stack's region. hosted_zone_id: the Route 53
    zone that gets the record; null where the DNS is elsewhere. cognito_domain_prefix: first label of the sign-in page's address.
    allowed_cidrs: who reaches the sign-in page at all. multi_factor: ON or OPTIONAL. session_hours: how long one stays signed in.
    verify_sign_in: whether the dashboard verifies the load balancer's signature on each request, with a NAT gateway to fetch the
    keys, at about 40 USD a month. With false the network alone keeps others out.
    architecture: what the image was built for; null for that of the functions. cpu: CPU units, 256 are a quarter of a processor.
    tasks: how many containers a new service begins with. autoscaling: bounds, and the share of CPU aimed at. settings:
    SHOPFLOW_DASHBOARD_… of the container.
    web_firewall: AWS WAF, at about 9 USD a month. access_log_days: how long the load balancer's logs are kept; null for none.
  E
  type = object({
    domain_name           = string
    hosted_zone_id        = optional(string)
    certificate_arn       = string
    cognito_domain_prefix = string
    allowed_cidrs         = optional(list(string), ["0.0.0.0/0"])
    multi_factor          = optional(string, "ON")
    session_hours         = optional(number, 12)
    verify_sign_in        = optional(bool, true)
    architecture          = optional(string)
    cpu                   = optional(number, 256)
    memory_megabytes      = optional(number, 512)
    tasks                 = optional(number, 1)
    autoscaling = optional(object({
      min_tasks   = number
      max_tasks   = number
      cpu_percent = optional(number, 60)
    }))
    settings        = optional(map(string), {})
    web_firewall    = optional(bool, false)
    access_log_days = optional(number)
  })
  default = null
  validation {
    condition     = !var.dashboard_enabled || var.dashboard != null
    error_message = "dashboard_enabled requires dashboard, with its address."
  }
  validation {
    condition     = var.dashboard == null || !var.dashboard_enabled || var.network.create
    error_message = "The dashboard requires the stack's network: network.create."
  }
  validation {
    condition     = var.dashboard == null ? true : contains(["arm64", "x86_64"], coalesce(var.dashboard.architecture, "arm64"))
    error_message = "arm64 or x86_64."
  }
}

variable "image_digest" {
  description = "The dashboard's image in the stack's repository, by digest. Null until the first one is pushed; until then there is no service."
  type        = string
  default     = null
  validation {
    condition     = var.image_digest == null ? true : can(regex("^sha256:[0-9a-f]{64}$", var.image_digest))
    error_message = "sha256: and 64 hexadecimal digits; a tag could be moved."
  }
}
