variable "name" {
  description = "Prefix of all names, e.g. shopflow-prod."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,30}[a-z0-9]$", var.name))
    error_message = "3 to 32 lower-case letters, digits and hyphens, beginning with a letter."
  }
}

variable "environment" {
  description = "Name of the environment: the dimension Environment of all metrics, the functions' SHOPFLOW_ENVIRONMENT."
  type        = string

  validation {
    condition     = length(var.environment) > 0
    error_message = "The environment needs a name."
  }
}

variable "kms_key_arn" {
  description = "Key of the topic; its policy has to allow cloudwatch.amazonaws.com and budgets.amazonaws.com."
  type        = string

  validation {
    condition     = can(regex("^arn:[^:]+:kms:", var.kms_key_arn))
    error_message = "The ARN of a KMS key."
  }
}

variable "emails" {
  description = "Addresses that alarms are sent to. Each gets a message first and must confirm."
  type        = set(string)
  default     = []

  validation {
    condition     = alltrue([for email in var.emails : can(regex("^[^@ ]+@[^@ ]+\\.[^@ ]+$", email))])
    error_message = "E-mail addresses."
  }
}

variable "chat" {
  description = "Slack channel that alarms are sent to. The workspace has to be connected once by hand: console, Amazon Q Developer in chat applications. Null: none."
  type = object({
    team_id    = string
    channel_id = string
  })
  default = null

  validation {
    condition     = var.chat == null ? true : can(regex("^T[A-Z0-9]+$", var.chat.team_id)) && can(regex("^[CG][A-Z0-9]+$", var.chat.channel_id))
    error_message = "A workspace id begins with T, a channel id with C or G."
  }
}

variable "teams" {
  description = "Channel of Microsoft Teams that alarms are sent to, by the ids of its tenant, its team and itself. The team has to be connected once by hand: console, Amazon Q Developer in chat applications. Null: none."
  type = object({
    tenant_id  = string
    team_id    = string
    channel_id = string
  })
  default = null

  validation {
    # https://docs.aws.amazon.com/chatbot/latest/APIReference/API_TeamsChannelConfiguration.html
    condition = var.teams == null ? true : (
      can(regex("^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$", var.teams.tenant_id))
      && can(regex("^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$", var.teams.team_id))
      && can(regex("^[A-Za-z0-9_=+/.,-]*%3[aA][A-Za-z0-9_=+/.,-]*%40[A-Za-z0-9_=+/.,-]*$", var.teams.channel_id))
    )
    error_message = "tenant_id and team_id are UUIDs; channel_id is the part of the channel's link that begins with 19%3a."
  }
}

variable "notifications" {
  description = "Notifications of runs: their topic, which the chats get too, and the state machine and rule that publish to it. Null: none."
  type = object({
    topic_arn         = string
    state_machine_arn = string
    rule_name         = string
  })
  default = null
}

variable "budget" {
  description = "Expected costs in USD per month of everything with the tag; higher ones are reported. The tag must be activated once for cost allocation (Billing). Null: no budget."
  type = object({
    monthly_usd = number
    tag_key     = string
    tag_value   = string
  })
  default = null

  validation {
    condition     = var.budget == null ? true : var.budget.monthly_usd > 0
    error_message = "More than 0 USD."
  }
}

variable "queues" {
  description = "The queues by short name (extract-requests, …), each with its dead letters' queue."
  type = map(object({
    name             = string
    dead_letter_name = string
  }))

  validation {
    condition     = length(var.queues) > 0
    error_message = "At least one queue."
  }
}

variable "functions" {
  description = "The functions by short name (extract, …)."
  type = map(object({
    name = string
  }))

  validation {
    condition     = length(var.functions) > 0
    error_message = "At least one function."
  }
}

variable "sources" {
  description = "The sources by name. quarantine_percent: share of rejected rows that is too much. hours_between_complete_runs: the schedule's interval and two hours more; null for a source without a schedule."
  type = map(object({
    quarantine_percent          = optional(number, 5)
    hours_between_complete_runs = optional(number)
  }))

  validation {
    condition     = alltrue([for source in values(var.sources) : source.quarantine_percent > 0 && source.quarantine_percent < 100])
    error_message = "quarantine_percent is more than 0 and less than 100."
  }

  validation {
    # https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html: seven days at most.
    condition     = alltrue([for source in values(var.sources) : source.hours_between_complete_runs == null ? true : source.hours_between_complete_runs >= 2 && source.hours_between_complete_runs <= 168])
    error_message = "hours_between_complete_runs is between 2 and 168, as far as an alarm looks back."
  }
}

variable "schedule" {
  description = "Name of the queue that takes what the schedule could not deliver. Null: no schedule."
  type = object({
    dead_letter_name = string
  })
  default = null
}

variable "database" {
  description = "The RDS instance, and where its alarms begin: free storage and freeable memory in bytes, connections as a number. Null: none, as on emulators."
  type = object({
    instance_id         = string
    cpu_percent         = optional(number, 90)
    free_storage_bytes  = number
    free_memory_bytes   = number
    maximum_connections = number
  })
  default = null

  validation {
    condition = var.database == null ? true : (
      var.database.cpu_percent > 0 && var.database.cpu_percent <= 100 && var.database.free_storage_bytes > 0
      && var.database.free_memory_bytes > 0 && var.database.maximum_connections > 0
    )
    error_message = "cpu_percent is 1 to 100, the others are more than 0."
  }
}

variable "dashboard" {
  description = "The dashboard's load balancer and target group as CloudWatch names them (app/…, targetgroup/…), and the seconds that the slowest percent of pages may take. Null: no dashboard."
  type = object({
    load_balancer = string
    target_group  = string
    slow_seconds  = optional(number, 1)
  })
  default = null

  validation {
    condition     = var.dashboard == null ? true : var.dashboard.slow_seconds > 0
    error_message = "slow_seconds is more than 0."
  }
}

variable "backfill" {
  description = "The backfill's state machine. Null: none."
  type = object({
    state_machine_arn = string
  })
  default = null
}

variable "queue_age_seconds" {
  description = "Age of a queue's oldest message that is too much. A run of 15 minutes keeps its request that long."
  type        = number
  default     = 3600

  validation {
    condition     = var.queue_age_seconds >= 900
    error_message = "At least 900: a function may take that long with one message."
  }
}

variable "anomaly_width" {
  description = "How many standard deviations from the last weeks' durations a run may take."
  type        = number
  default     = 3

  validation {
    condition     = var.anomaly_width >= 1 && var.anomaly_width <= 10
    error_message = "Between 1 and 10."
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
