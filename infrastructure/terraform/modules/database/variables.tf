variable "name" {
  description = "The instance's name, for instance shopflow-prod."
  type        = string
  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{2,40}$", var.name))
    error_message = "Lower case letters, digits and hyphens, 3 to 41 of them."
  }
}

variable "key_arn" {
  description = "The KMS key of storage, snapshots, master password, Performance Insights and logs."
  type        = string
  validation {
    condition     = can(regex("^arn:[a-z-]+:kms:", var.key_arn))
    error_message = "The ARN of a KMS key."
  }
}

variable "subnet_ids" {
  description = "Private subnets, in two availability zones at least."
  type        = list(string)
  validation {
    condition     = length(var.subnet_ids) >= 2
    error_message = "RDS requires at least two."
  }
}

variable "security_group_ids" {
  description = "Security groups that may connect."
  type        = list(string)
  validation {
    condition     = length(var.security_group_ids) >= 1
    error_message = "At least one."
  }
}

variable "instance_class" {
  description = "Size of the server."
  type        = string
  validation {
    condition     = can(regex("^db\\.[a-z0-9]+\\.[a-z0-9]+$", var.instance_class))
    error_message = "For instance db.t4g.medium."
  }
}

variable "storage_gigabytes" {
  description = "Storage at the beginning."
  type        = number
  validation {
    condition     = var.storage_gigabytes >= 20
    error_message = "gp3 begins at 20 GB."
  }
}

variable "max_storage_gigabytes" {
  description = "The size up to which RDS extends the storage."
  type        = number
  validation {
    condition     = var.max_storage_gigabytes > var.storage_gigabytes
    error_message = "Must be above storage_gigabytes."
  }
}

variable "multi_az" {
  description = "Whether a standby in another availability zone takes over; it doubles the price."
  type        = bool
}

variable "backup_retention_days" {
  description = "How far back the database can be restored to any second."
  type        = number
  validation {
    condition     = var.backup_retention_days >= 1 && var.backup_retention_days <= 35
    error_message = "1 to 35 days; never without backups."
  }
}

variable "backup_window" {
  description = "When the daily snapshot is made, UTC; before the daily runs."
  type        = string
  validation {
    condition     = can(regex("^[0-2][0-9]:[0-5][0-9]-[0-2][0-9]:[0-5][0-9]$", var.backup_window))
    error_message = "For instance 00:00-00:30."
  }
}

variable "maintenance_window" {
  description = "When RDS may restart the server, UTC; not while the daily runs load."
  type        = string
  validation {
    condition     = can(regex("^[a-z]{3}:[0-2][0-9]:[0-5][0-9]-[a-z]{3}:[0-2][0-9]:[0-5][0-9]$", var.maintenance_window))
    error_message = "For instance sun:04:30-sun:05:30."
  }
}

variable "deletion_protection" {
  description = "Whether the instance is protected from deletion; without the protection, no final snapshot is made."
  type        = bool
}

variable "enhanced_monitoring" {
  description = "Whether enhanced monitoring records the operating system's metrics each minute."
  type        = bool
}

variable "performance_insights" {
  description = "Whether Performance Insights is on."
  type        = bool
}

variable "log_retention_in_days" {
  description = "How long the server's logs are kept."
  type        = number
  validation {
    condition     = var.log_retention_in_days >= 1
    error_message = "Never without an end."
  }
}

variable "restore_from_snapshot" {
  description = "The snapshot that a new instance begins with; null for an empty database."
  type        = string
  default     = null
  validation {
    condition     = var.restore_from_snapshot == null ? true : length(var.restore_from_snapshot) > 0
    error_message = "A snapshot's name or ARN, or null."
  }
}

variable "apply_changes_directly" {
  description = "Whether changes are made at once instead of in the maintenance window."
  type        = bool
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
