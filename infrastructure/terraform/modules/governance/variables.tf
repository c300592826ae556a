variable "name" {
  description = "Prefix of all names, e.g. shopflow-prod; the catalog's database has underscores instead of hyphens."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,30}[a-z0-9]$", var.name))
    error_message = "3 to 32 lower-case letters, digits and hyphens, beginning with a letter."
  }
}

variable "bucket_name" {
  description = "The data bucket."
  type        = string

  validation {
    condition     = can(regex("^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$", var.bucket_name))
    error_message = "The name of a bucket."
  }
}

variable "bucket_arn" {
  description = "ARN of the data bucket."
  type        = string

  validation {
    condition     = can(regex("^arn:[^:]+:s3:::", var.bucket_arn))
    error_message = "The ARN of a bucket."
  }
}

variable "kms_key_arn" {
  description = "Key of the access trail; its policy has to allow cloudtrail.amazonaws.com."
  type        = string

  validation {
    condition     = can(regex("^arn:[^:]+:kms:", var.kms_key_arn))
    error_message = "The ARN of a KMS key."
  }
}

variable "first_year" {
  description = "Year of the first run; queries over raw rows look at no day before it."
  type        = number
  default     = 2025

  validation {
    condition     = var.first_year >= 2020 && var.first_year <= 2100
    error_message = "Between 2020 and 2100."
  }
}

variable "access_trail" {
  description = "Records who reads and writes objects under raw/, in a separate bucket whose files cannot be changed or deleted for retention_days: GOVERNANCE makes an exception for s3:BypassGovernanceRetention, COMPLIANCE makes none. 0.10 USD per 100,000 events. Null: no trail."
  type = object({
    retention_days = optional(number, 365)
    mode           = optional(string, "GOVERNANCE")
  })
  default = null

  validation {
    condition     = var.access_trail == null ? true : var.access_trail.retention_days >= 1 && contains(["GOVERNANCE", "COMPLIANCE"], var.access_trail.mode)
    error_message = "retention_days is at least 1, mode is GOVERNANCE or COMPLIANCE."
  }
}
