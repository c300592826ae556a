variable "database" {
  description = <<-E
    The warehouse. storage_gigabytes grows by itself up to max_storage_gigabytes. enhanced_monitoring: the system's figures
    each minute, billed as logs. restore_from_snapshot: the snapshot that a new instance begins with.
    apply_changes_directly: instead of in the maintenance window, with the interruption that it brings.
  E
  type = object({
    instance_class         = optional(string, "db.t4g.micro")
    storage_gigabytes      = optional(number, 20)
    max_storage_gigabytes  = optional(number, 100)
    multi_az               = optional(bool, false)
    backup_retention_days  = optional(number, 7)
    enhanced_monitoring    = optional(bool, false)
    performance_insights   = optional(bool, true)
    backup_window          = optional(string, "00:00-00:30")
    maintenance_window     = optional(string, "sun:04:30-sun:05:30")
    restore_from_snapshot  = optional(string)
    apply_changes_directly = optional(bool, false)
  })
  default = {}
  validation {
    condition     = var.database.max_storage_gigabytes > var.database.storage_gigabytes
    error_message = "max_storage_gigabytes must be above storage_gigabytes."
  }
}

variable "external_database" {
  description = "An existing PostgreSQL in place of the stack's own, for an emulator. master_secret_arn: a secret with username and password of a role that may create roles and schemas."
  type = object({
    host              = string
    port              = optional(number, 5432)
    name              = optional(string, "shopflow")
    sslmode           = optional(string, "require")
    master_secret_arn = string
  })
  default = null
  validation {
    condition     = var.external_database == null ? true : contains(["disable", "require", "verify-ca", "verify-full"], var.external_database.sslmode)
    error_message = "disable, require, verify-ca or verify-full."
  }
}
