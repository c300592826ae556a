variable "bucket_name" {
  description = "The bucket's name, globally unique."
  type        = string
  validation {
    condition     = can(regex("^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$", var.bucket_name))
    error_message = "3 to 63 lower case letters, digits and hyphens. No dots: they break TLS."
  }
}

variable "key_arn" {
  description = "The KMS key that objects are encrypted with."
  type        = string
  validation {
    condition     = can(regex("^arn:[a-z-]+:kms:", var.key_arn))
    error_message = "The ARN of a KMS key."
  }
}

variable "force_destroy" {
  description = "Whether destroying the stack empties the bucket."
  type        = bool
}

variable "lifecycle_days" {
  description = "After how many days objects go to colder classes and expire, per prefix; files_expires: null keeps what was uploaded to files/. And for how long a version that was overwritten or deleted is kept."
  type = object({
    raw_infrequent      = number
    raw_cold            = number
    raw_expires         = number
    archive_cold        = number
    archive_expires     = number
    quarantine_expires  = number
    files_expires       = optional(number)
    old_versions_expire = number
  })
  validation {
    condition     = var.lifecycle_days.raw_infrequent >= 30
    error_message = "S3 moves nothing to STANDARD_IA before the 30th day."
  }
  validation {
    condition     = var.lifecycle_days.raw_cold >= var.lifecycle_days.raw_infrequent + 30 && var.lifecycle_days.raw_expires > var.lifecycle_days.raw_cold
    error_message = "raw_infrequent + 30 <= raw_cold < raw_expires: STANDARD_IA is paid for 30 days at least."
  }
  validation {
    condition     = var.lifecycle_days.archive_cold >= 0 && var.lifecycle_days.archive_expires > var.lifecycle_days.archive_cold
    error_message = "0 <= archive_cold < archive_expires."
  }
  validation {
    condition     = var.lifecycle_days.quarantine_expires >= 1 && var.lifecycle_days.old_versions_expire >= 1 && coalesce(var.lifecycle_days.files_expires, 1) >= 1
    error_message = "At least one day."
  }
}

variable "notifications" {
  description = "Notifications of created objects by name: prefix and queue."
  type = map(object({
    prefix    = string
    suffix    = string
    queue_arn = string
  }))
  validation {
    condition     = alltrue([for rule in values(var.notifications) : endswith(rule.prefix, "/")])
    error_message = "A prefix ends with a slash."
  }
}

variable "events" {
  description = "Whether EventBridge gets the bucket's events."
  type        = bool
  default     = false
}

variable "sources" {
  description = "The YAML file of each source by the source's name."
  type        = map(string)
  validation {
    condition     = alltrue([for name in keys(var.sources) : can(regex("^[a-z][a-z0-9_]{0,30}$", name))])
    error_message = "A source's name has lower case letters, digits and underscores, at most 31, and begins with a letter."
  }
  validation {
    condition     = alltrue([for file in values(var.sources) : fileexists(file)])
    error_message = "A source has no YAML file of its name."
  }
}
