variable "name" {
  description = "What names begin with, for instance shopflow-prod."
  type        = string
  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{2,40}$", var.name))
    error_message = "Lower case letters, digits and hyphens, 3 to 41 of them."
  }
}

variable "region" {
  description = "The AWS region."
  type        = string
  validation {
    condition     = can(regex("^[a-z]{2}(-[a-z]+)+-[0-9]$", var.region))
    error_message = "A region, for instance eu-west-2."
  }
}

variable "cidr_block" {
  description = "The network's range of addresses."
  type        = string
  validation {
    condition     = can(cidrsubnet(var.cidr_block, 4, 15))
    error_message = "A block of IPv4 addresses, for instance 10.20.0.0/16."
  }
}

variable "availability_zones" {
  description = "Number of availability zones with subnets."
  type        = number
  validation {
    condition     = contains([2, 3], var.availability_zones)
    error_message = "2 or 3."
  }
}

variable "account_id" {
  description = "The account whose principals may use the endpoints."
  type        = string
  validation {
    condition     = can(regex("^[0-9]{12}$", var.account_id))
    error_message = "Twelve digits."
  }
}

variable "bucket_arn" {
  description = "The data bucket, the only one that can be read from inside; only its notifications can be written."
  type        = string
  validation {
    condition     = can(regex("^arn:[a-z-]+:s3:::", var.bucket_arn))
    error_message = "The ARN of a bucket."
  }
}

variable "key_arn" {
  description = "The KMS key of flow logs."
  type        = string
  validation {
    condition     = can(regex("^arn:[a-z-]+:kms:", var.key_arn))
    error_message = "The ARN of a KMS key."
  }
}

variable "public_subnets" {
  description = "Whether there are public subnets, for a load balancer."
  type        = bool
}

variable "nat_gateway" {
  description = "Whether private subnets can reach the internet, as far as the security groups permit."
  type        = bool
  default     = false
  validation {
    condition     = !var.nat_gateway || var.public_subnets
    error_message = "The gateway is in a public subnet."
  }
}

variable "interface_endpoints" {
  description = "Services that have an interface endpoint in the network; each endpoint costs money."
  type        = set(string)
  validation {
    condition     = length(setsubtract(var.interface_endpoints, ["secretsmanager", "ecr.api", "ecr.dkr", "logs"])) == 0
    error_message = "secretsmanager, ecr.api, ecr.dkr, logs. Another one needs its actions in endpoints.tf."
  }
}

variable "flow_logs" {
  description = "Whether all connections are recorded in flow logs."
  type        = bool
}

variable "log_retention_in_days" {
  description = "How long flow logs are kept."
  type        = number
  validation {
    condition     = var.log_retention_in_days >= 1
    error_message = "Never without an end."
  }
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
