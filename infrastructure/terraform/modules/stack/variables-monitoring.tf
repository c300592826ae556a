variable "monitoring_enabled" {
  description = "Whether there are alarms, a CloudWatch dashboard and a topic; false if an endpoint has no CloudWatch."
  type        = bool
  default     = true
}

variable "alarms" {
  description = <<-E
    Who is notified, and at which thresholds.
    emails: each address gets a message first and must confirm. chat: a Slack channel, teams: a channel of Microsoft Teams, whose
    workspace or team has to be connected once by hand (Amazon Q Developer in chat applications). monthly_usd: the cost budget of everything with the tag `stack`, which has to
    be activated once for cost allocation; null for none. sources: by source, the share of rejected rows that is too much (5 %),
    and the hours within which there has to be a complete run (26: daily, and two hours more). queue_age_seconds: age of a
    queue's oldest message. database: CPU for half an hour, free storage as a share of storage_gigabytes, free memory, and
    connections (a db.t4g.micro allows about 100, a db.m7g.large about 800). dashboard_slow_seconds: the slowest page of a hundred.
  E
  type = object({
    emails      = optional(set(string), [])
    chat        = optional(object({ team_id = string, channel_id = string }))
    teams       = optional(object({ tenant_id = string, team_id = string, channel_id = string }))
    monthly_usd = optional(number)
    sources = optional(map(object({
      quarantine_percent          = optional(number, 5)
      hours_between_complete_runs = optional(number, 26)
    })), {})
    queue_age_seconds = optional(number, 3600)
    database = optional(object({
      cpu_percent           = optional(number, 90)
      free_storage_percent  = optional(number, 15)
      free_memory_megabytes = optional(number, 64)
      connections           = optional(number, 80)
    }), {})
    dashboard_slow_seconds = optional(number, 1)
  })
  default = {}
  validation {
    condition     = length(setsubtract(keys(var.alarms.sources), keys(var.sources))) == 0
    error_message = "alarms.sources names a source that sources does not."
  }
  validation {
    condition     = var.alarms.database.free_storage_percent > 0 && var.alarms.database.free_storage_percent < 100
    error_message = "free_storage_percent is between 0 and 100."
  }
}
