variable "name" {
  description = "The function's name, for instance shopflow-prod-extract."
  type        = string
  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{2,63}$", var.name))
    error_message = "Lower case letters, digits and hyphens, 3 to 64 of them: roles have no longer names."
  }
}

variable "description" {
  description = "What the function does, in one sentence."
  type        = string
  validation {
    condition     = length(var.description) > 0 && length(var.description) <= 256
    error_message = "1 to 256 characters."
  }
}

variable "package" {
  description = "The function's zip: native with `bootstrap` in it, or a Java package."
  type        = string
  validation {
    condition     = fileexists(var.package)
    error_message = "There is no such file. Build the functions first; see infrastructure/terraform/README.md."
  }
}

variable "runtime" {
  description = "provided.al2023 for a native executable, java21 for the managed Java runtime."
  type        = string
  validation {
    condition     = contains(["provided.al2023", "java21"], var.runtime)
    error_message = "provided.al2023 or java21."
  }
}

variable "snap_start" {
  description = "Whether java21 starts from a snapshot. A version that has just been published has no snapshot yet, and its invocations fail."
  type        = bool
  default     = true
}

variable "architecture" {
  description = "The architecture of a native executable."
  type        = string
  validation {
    condition     = contains(["arm64", "x86_64"], var.architecture)
    error_message = "arm64 or x86_64."
  }
}

variable "memory_megabytes" {
  description = "Memory, and with it the share of a processor: 1769 are one."
  type        = number
  validation {
    condition     = var.memory_megabytes >= 128 && var.memory_megabytes <= 10240
    error_message = "Lambda allows 128 to 10240 MB."
  }
}

variable "ephemeral_storage_megabytes" {
  description = "Storage for temporary files. SnapStart does not support more than the default."
  type        = number
  default     = 512
  validation {
    condition     = var.ephemeral_storage_megabytes >= 512 && var.ephemeral_storage_megabytes <= 10240
    error_message = "Lambda allows 512 to 10240 MB."
  }
}

variable "timeout_seconds" {
  description = "Longest invocation; sets the queue's visibility timeout."
  type        = number
  validation {
    condition     = var.timeout_seconds >= 1 && var.timeout_seconds <= 900
    error_message = "Lambda allows 1 to 900 seconds."
  }
}

variable "reserved_concurrency" {
  description = "The number of concurrent invocations that are reserved for this function, and its limit; -1 uses the account's pool."
  type        = number
  default     = -1
  validation {
    condition     = var.reserved_concurrency >= -1
    error_message = "-1, or a number of 0 or more."
  }
}

variable "environment" {
  description = "The function's environment variables. They are readable in the console: secrets come by reference."
  type        = map(string)
  validation {
    condition     = alltrue([for name in keys(var.environment) : can(regex("^[A-Z][A-Z0-9_]*$", name))])
    error_message = "Upper case letters, digits and underscores."
  }
  validation {
    condition     = alltrue([for name in keys(var.environment) : !can(regex("PASSWORD|_KEY$|TOKEN", name))])
    error_message = "This looks like a secret. Name a secret of Secrets Manager instead, in a variable that ends in _SECRET."
  }
}

variable "policy" {
  description = "The role's policy, as JSON."
  type        = string
  validation {
    condition     = can(jsondecode(var.policy).Statement)
    error_message = "A policy is JSON with a Statement."
  }
}

variable "event_source" {
  description = "The queue that the function reads, messages per event, and concurrent events; null if it reads no queue."
  type = object({
    queue_arn           = string
    batch_size          = number
    maximum_concurrency = number
  })
  default = null
  validation {
    condition     = var.event_source == null ? true : var.event_source.batch_size >= 1 && var.event_source.batch_size <= 10
    error_message = "1 to 10 messages; more would need a batching window."
  }
  validation {
    condition     = var.event_source == null ? true : var.event_source.maximum_concurrency >= 2 && var.event_source.maximum_concurrency <= 1000
    error_message = "Lambda allows 2 to 1000 events at a time."
  }
}

variable "network" {
  description = "Subnets and security groups for a function that reaches the database; null outside the VPC."
  type = object({
    subnet_ids         = list(string)
    security_group_ids = list(string)
  })
  default = null
  validation {
    condition     = var.network == null ? true : length(var.network.subnet_ids) >= 1 && length(var.network.security_group_ids) >= 1
    error_message = "At least one subnet and one security group."
  }
}

variable "log_retention_in_days" {
  description = "How long logs are kept."
  type        = number
  validation {
    condition     = contains([1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653], var.log_retention_in_days)
    error_message = "CloudWatch allows 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096 and more; never without an end."
  }
}

variable "key_arn" {
  description = "The KMS key of the logs."
  type        = string
  validation {
    condition     = can(regex("^arn:[a-z-]+:kms:", var.key_arn))
    error_message = "The ARN of a KMS key."
  }
}

variable "live_version" {
  description = "Which version the alias calls; null for the newest."
  type        = string
  default     = null
  validation {
    condition     = var.live_version == null ? true : can(regex("^[1-9][0-9]*$", var.live_version))
    error_message = "The number of a published version."
  }
}

variable "ready_when" {
  description = "A value that is known when the new version may be called: the alias moves after it. Functions that read the warehouse wait for its migration."
  type        = string
  default     = "now"
  validation {
    condition     = var.ready_when != null
    error_message = "Null would not be waited for."
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
