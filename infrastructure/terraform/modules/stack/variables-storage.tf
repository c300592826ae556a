variable "bucket_name" {
  description = "The data bucket's name. Null for shopflow-<environment>-data-<account>."
  type        = string
  default     = null
  validation {
    condition     = var.bucket_name == null ? true : can(regex("^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$", var.bucket_name))
    error_message = "3 to 63 lower case letters, digits and hyphens. No dots: they break TLS."
  }
}

variable "lifecycle_days" {
  description = "After how many days objects go to colder classes and expire, per prefix; and for how long a version that was overwritten or deleted is kept. files_expires: uploaded files, which each run of their source reads; null keeps them."
  type = object({
    raw_infrequent      = optional(number, 30)
    raw_cold            = optional(number, 90)
    raw_expires         = optional(number, 365)
    archive_cold        = optional(number, 1)
    archive_expires     = optional(number, 365)
    quarantine_expires  = optional(number, 90)
    files_expires       = optional(number)
    old_versions_expire = optional(number, 30)
  })
  default = {}
  validation {
    condition     = alltrue([for days in values(var.lifecycle_days) : days == null ? true : days >= 0 && floor(days) == days])
    error_message = "Whole days."
  }
}

variable "sources" {
  description = <<-E
    The sources by name. The file <name>.yaml of sources_folder is its configuration.
    zone: the shop's time zone, in which `cron` is read. cron: when it is run. scheduled: whether it is run at all by
    itself. credentials: whether its configuration refers to secrets, which then are in shopflow-<environment>/sources/<name>.
  E
  type = map(object({
    zone        = optional(string, "Europe/London")
    cron        = optional(string, "cron(0 2 * * ? *)")
    scheduled   = optional(bool, true)
    credentials = optional(bool, true)
  }))
  validation {
    condition     = alltrue([for name in keys(var.sources) : can(regex("^[a-z][a-z0-9_]{0,30}$", name))])
    error_message = "A source's name has lower case letters, digits and underscores, at most 31, and begins with a letter."
  }
  validation {
    condition     = alltrue([for source in values(var.sources) : can(regex("^(UTC|[A-Z][A-Za-z_]+/[A-Za-z_/-]+)$", source.zone))])
    error_message = "A zone is UTC or a name such as Europe/London."
  }
  validation {
    condition     = alltrue([for source in values(var.sources) : can(regex("^cron\\(.+\\)$", source.cron))])
    error_message = "An expression of EventBridge Scheduler, for instance cron(0 2 * * ? *)."
  }
}

variable "sources_folder" {
  description = "Where the YAML files of sources are. Null for the folder sources of this repository."
  type        = string
  default     = null
  validation {
    condition     = var.sources_folder == null ? true : length(var.sources_folder) > 0
    error_message = "A folder, or null."
  }
}
