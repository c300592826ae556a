variable "network" {
  description = "The VPC of database, load, migrate, backfill and dashboard. create: false where an endpoint has none, together with external_database. flow_logs: whether all connections are written down, at about 0.50 USD a GB: what an attack leaves behind, in every environment (Trivy AWS-0178), so false is for an endpoint without them."
  type = object({
    create             = optional(bool, true)
    cidr_block         = optional(string, "10.20.0.0/16")
    availability_zones = optional(number, 2)
    flow_logs          = optional(bool, true)
  })
  default = {}
  validation {
    condition     = can(cidrsubnet(var.network.cidr_block, 4, 15)) && tonumber(split("/", var.network.cidr_block)[1]) <= 22
    error_message = "A block of IPv4 addresses, /22 or larger."
  }
  validation {
    condition     = contains([2, 3], var.network.availability_zones)
    error_message = "2 or 3."
  }
  validation {
    condition     = var.network.create || var.external_database != null
    error_message = "A database of this stack needs the network; without it name an external_database."
  }
}

variable "dashboard_enabled" {
  description = "Whether the dashboard is part of the stack: with it come public subnets for its load balancer, and endpoints to pull and log."
  type        = bool
  default     = false
}
