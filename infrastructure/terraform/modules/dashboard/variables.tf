variable "name" {
  description = "Prefix of all names, e.g. shopflow-prod."
  type        = string

  validation {
    # A load balancer's name has at most 32 characters, "-dashboard" included.
    condition     = can(regex("^[a-z][a-z0-9-]{1,20}[a-z0-9]$", var.name))
    error_message = "3 to 22 lower-case letters, digits and hyphens, beginning with a letter."
  }
}

variable "environment" {
  description = "Name of the environment, e.g. prod; the container's SHOPFLOW_ENVIRONMENT."
  type        = string

  validation {
    condition     = length(var.environment) > 0
    error_message = "The environment needs a name."
  }
}

variable "vpc_id" {
  description = "The VPC of all resources of this module."
  type        = string

  validation {
    condition     = startswith(var.vpc_id, "vpc-")
    error_message = "The id of a VPC begins with vpc-."
  }
}

variable "public_subnet_ids" {
  description = "Subnets of the load balancer, in at least two availability zones."
  type        = list(string)

  validation {
    condition     = length(var.public_subnet_ids) >= 2
    error_message = "A load balancer needs subnets in at least two availability zones."
  }
}

variable "private_subnet_ids" {
  description = "Subnets of the containers; with verify_sign_in they need a way to the internet."
  type        = list(string)

  validation {
    condition     = length(var.private_subnet_ids) >= 1
    error_message = "The containers need at least one subnet."
  }
}

variable "allowed_cidrs" {
  description = "Addresses that can reach the load balancer, where readers must sign in. By default all; name an office or VPN to restrict them."
  type        = list(string)
  default     = ["0.0.0.0/0"]

  validation {
    condition     = length(var.allowed_cidrs) > 0 && alltrue([for cidr in var.allowed_cidrs : can(cidrnetmask(cidr))])
    error_message = "At least one IPv4 range in CIDR notation, e.g. 203.0.113.0/24."
  }
}

variable "database_security_group_id" {
  description = "Security group of the database, which lets the containers in."
  type        = string

  validation {
    condition     = startswith(var.database_security_group_id, "sg-")
    error_message = "The id of a security group begins with sg-."
  }
}

variable "database_port" {
  description = "Port of the database."
  type        = number
  default     = 5432

  validation {
    condition     = var.database_port > 0 && var.database_port < 65536
    error_message = "A port is between 1 and 65535."
  }
}

variable "database_jdbc_url" {
  description = "Where the warehouse is: jdbc:postgresql://host:port/name?sslmode=require."
  type        = string

  validation {
    condition     = can(regex("^jdbc:postgresql://", var.database_jdbc_url)) && can(regex("sslmode=(require|verify-ca|verify-full)", var.database_jdbc_url))
    error_message = "A JDBC URL of PostgreSQL with sslmode=require or stricter."
  }
}

variable "database_secret_arn" {
  description = "Secret with the read-only role of the dashboard: JSON with username and password."
  type        = string

  validation {
    condition     = can(regex("^arn:[^:]+:secretsmanager:", var.database_secret_arn))
    error_message = "The ARN of a Secrets Manager secret."
  }
}

variable "endpoint_security_group_id" {
  description = "Security group of the network's endpoints for ecr.api, ecr.dkr, secretsmanager and logs, through which a task starts and writes its log."
  type        = string

  validation {
    condition     = startswith(var.endpoint_security_group_id, "sg-")
    error_message = "The id of a security group begins with sg-."
  }
}

variable "s3_prefix_list_id" {
  description = "Addresses of S3 behind the network's gateway endpoint, where images have their layers."
  type        = string

  validation {
    condition     = startswith(var.s3_prefix_list_id, "pl-")
    error_message = "The id of a prefix list begins with pl-."
  }
}

variable "kms_key_arn" {
  description = "Key of the image repository, the log group and the database's secret."
  type        = string

  validation {
    condition     = can(regex("^arn:[^:]+:kms:", var.kms_key_arn))
    error_message = "The ARN of a KMS key."
  }
}

variable "domain_name" {
  description = "Address of the dashboard, e.g. figures.example.com."
  type        = string

  validation {
    condition     = can(regex("^([a-z0-9]([a-z0-9-]*[a-z0-9])?\\.)+[a-z]{2,}$", var.domain_name))
    error_message = "A domain name without scheme and path."
  }
}

variable "hosted_zone_id" {
  description = "Route 53 zone in which the domain's record is created. Null: point the domain to the output load_balancer_dns_name yourself."
  type        = string
  default     = null

  validation {
    condition     = var.hosted_zone_id == null ? true : can(regex("^Z[A-Z0-9]+$", var.hosted_zone_id))
    error_message = "The id of a hosted zone begins with Z."
  }
}

variable "certificate_arn" {
  description = "ACM certificate for the domain, in this region."
  type        = string

  validation {
    condition     = can(regex("^arn:[^:]+:acm:", var.certificate_arn))
    error_message = "The ARN of an ACM certificate."
  }
}

variable "cognito_domain_prefix" {
  description = "First label of the sign-in page's address; unique in the region over all of AWS."
  type        = string

  validation {
    condition     = can(regex("^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$", var.cognito_domain_prefix)) && !can(regex("aws|amazon|cognito", var.cognito_domain_prefix))
    error_message = "Lower-case letters, digits and hyphens; Cognito reserves aws, amazon and cognito."
  }
}

variable "multi_factor" {
  description = "Whether signing in needs a one-time password of an authenticator app: ON or OPTIONAL."
  type        = string
  default     = "ON"

  validation {
    condition     = contains(["ON", "OPTIONAL"], var.multi_factor)
    error_message = "ON or OPTIONAL."
  }
}

variable "session_hours" {
  description = "How long a reader stays signed in."
  type        = number
  default     = 12

  validation {
    condition     = var.session_hours >= 1 && var.session_hours <= 168
    error_message = "A session takes 1 to 168 hours."
  }
}

variable "image_digest" {
  description = "Digest of the image to run, in the repository that this module creates. Null until the first image is pushed; until then there is no service."
  type        = string
  default     = null

  validation {
    condition     = var.image_digest == null ? true : can(regex("^sha256:[0-9a-f]{64}$", var.image_digest))
    error_message = "A digest is sha256: and 64 hexadecimal digits; tags can be moved and are not accepted."
  }
}

variable "ready_when" {
  description = "A value that is known when the new version may run: the service changes after it. The pages read the warehouse, and so wait for its migration."
  type        = string
  default     = "now"

  validation {
    condition     = var.ready_when != null
    error_message = "Null would not be waited for."
  }
}

variable "architecture" {
  description = "The architecture of the image: ARM64 or X86_64."
  type        = string
  default     = "ARM64"

  validation {
    condition     = contains(["ARM64", "X86_64"], var.architecture)
    error_message = "ARM64 or X86_64."
  }
}

variable "cpu" {
  description = "CPU units of a task: 256 is a quarter of a virtual CPU."
  type        = number
  default     = 256

  validation {
    condition     = contains([256, 512, 1024, 2048, 4096], var.cpu)
    error_message = "256, 512, 1024, 2048 or 4096."
  }
}

variable "memory_mb" {
  description = "Memory of a task in MiB; Fargate allows 2 to 8 times the CPU units (512 to 2048 for 256)."
  type        = number
  default     = 512

  validation {
    condition     = var.memory_mb >= 2 * var.cpu && var.memory_mb <= 8 * var.cpu
    error_message = "Between 2 and 8 times the CPU units."
  }
}

variable "tasks" {
  description = "Tasks that a new service starts with. A running service keeps its count: autoscaling or `aws ecs update-service --desired-count` changes it."
  type        = number
  default     = 1

  validation {
    condition     = var.tasks >= 1 && floor(var.tasks) == var.tasks
    error_message = "At least one task."
  }
}

variable "autoscaling" {
  description = "Bounds of the number of tasks, and the average CPU in percent that it aims at. Null: the number stays."
  type = object({
    min_tasks   = number
    max_tasks   = number
    cpu_percent = optional(number, 60)
  })
  default = null

  validation {
    condition = var.autoscaling == null ? true : (
      var.autoscaling.min_tasks >= 1 && var.autoscaling.max_tasks >= var.autoscaling.min_tasks
      && var.autoscaling.cpu_percent >= 10 && var.autoscaling.cpu_percent <= 90
    )
    error_message = "1 <= min_tasks <= max_tasks, and cpu_percent between 10 and 90."
  }
}

variable "settings" {
  description = "Further environment variables of the container: the dashboard's own settings, e.g. SHOPFLOW_DASHBOARD_STALE_AFTER. No secrets."
  type        = map(string)
  default     = {}

  validation {
    condition     = alltrue([for key in keys(var.settings) : startswith(key, "SHOPFLOW_DASHBOARD_")])
    error_message = "Only the dashboard's own settings, which begin with SHOPFLOW_DASHBOARD_."
  }
}

variable "log_retention_days" {
  description = "How long logs are kept."
  type        = number
  default     = 30

  validation {
    condition     = contains([1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653], var.log_retention_days)
    error_message = "One of the periods that CloudWatch Logs offers."
  }
}

variable "access_log_days" {
  description = "How long the load balancer's access logs are kept in a bucket of their own. Null: none are written."
  type        = number
  default     = null

  validation {
    condition     = var.access_log_days == null ? true : var.access_log_days >= 1
    error_message = "At least one day."
  }
}

variable "web_firewall" {
  description = "Whether AWS WAF protects the load balancer, for about 9 USD a month (one list, three rules) and 0.60 USD per million requests."
  type        = bool
  default     = false
}

variable "deletion_protection" {
  description = "Whether the load balancer, the user directory and a non-empty image repository are protected from deletion."
  type        = bool
  default     = true
}

variable "permissions_boundary_arn" {
  description = "The permissions boundary of the role. Null for none."
  type        = string
  default     = null
  validation {
    condition     = var.permissions_boundary_arn == null ? true : can(regex("^arn:[a-z-]+:iam::[0-9]{12}:policy/", var.permissions_boundary_arn))
    error_message = "The ARN of a policy."
  }
}

variable "verify_sign_in" {
  description = "Whether the dashboard verifies the load balancer's signature on each request, for which it fetches the load balancer's keys from the internet. If false, only the network keeps others from the container."
  type        = bool
  default     = true
}
