variable "environment" {
  description = "Name of the environment; part of all names, and the dimension Environment of all metrics."
  type        = string
  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,15}$", var.environment))
    error_message = "2 to 16 lower case letters, digits and hyphens, for instance dev, staging or prod."
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

variable "endpoint" {
  description = "Endpoint of all calls of Terraform and of the functions in place of AWS, for instance an emulator's http://127.0.0.1:4566. S3 is then called path-style. Null for AWS."
  type        = string
  default     = null
  validation {
    condition     = var.endpoint == null ? true : can(regex("^https?://[^/]+$", var.endpoint))
    error_message = "http:// or https://, host and port, no path."
  }
}

variable "function_endpoint" {
  description = "The same endpoint as functions reach it, if that is another address. Null for the value of endpoint."
  type        = string
  default     = null
  validation {
    condition     = var.function_endpoint == null ? true : can(regex("^https?://[^/]+$", var.function_endpoint))
    error_message = "http:// or https://, host and port, no path."
  }
}

variable "log_retention_in_days" {
  description = "How long logs are kept."
  type        = number
  default     = 90
  validation {
    condition     = contains([1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653], var.log_retention_in_days)
    error_message = "CloudWatch allows 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096 and more; never without an end."
  }
}

variable "deletion_protection" {
  description = "Whether data is protected from the destruction of the stack: the database, its last snapshot, objects in the bucket, secrets."
  type        = bool
  default     = true
}

variable "permissions_boundary" {
  description = "Whether each role has the permissions boundary shopflow-<environment>-boundary, which the bootstrap creates; a deployment from GitHub cannot create other roles. False if an endpoint has no such policy."
  type        = bool
  default     = true
}
