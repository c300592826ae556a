variable "name" {
  description = "What the names begin with, for instance shopflow-prod."
  type        = string
  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{2,40}$", var.name))
    error_message = "Lower case letters, digits and hyphens, 3 to 41 of them."
  }
}

variable "function" {
  description = "The function backfill: the ARN of its alias, and how long it may take."
  type = object({
    alias_arn       = string
    timeout_seconds = number
  })
  validation {
    condition     = can(regex("^arn:[a-z-]+:lambda:", var.function.alias_arn))
    error_message = "alias_arn is the ARN of a Lambda alias."
  }
}

variable "queue" {
  description = "The queue extract-requests."
  type = object({
    arn = string
    url = string
  })
  validation {
    condition     = can(regex("^arn:[a-z-]+:sqs:", var.queue.arn)) && can(regex("^https?://", var.queue.url))
    error_message = "The ARN and the URL of a queue."
  }
}

variable "topic_arn" {
  description = "The topic to which the result of a backfill is published."
  type        = string
  validation {
    condition     = can(regex("^arn:[a-z-]+:sns:", var.topic_arn))
    error_message = "The ARN of a topic."
  }
}

variable "windows_at_a_time" {
  description = "How many windows are read at a time. Extract's own concurrency bounds them too: the others wait in its queue."
  type        = number
  default     = 4
  validation {
    condition     = var.windows_at_a_time >= 1 && var.windows_at_a_time <= 100 && floor(var.windows_at_a_time) == var.windows_at_a_time
    error_message = "1 to 100: more would overload a shop's API."
  }
}

variable "look_every_seconds" {
  description = "Seconds between two polls of a window's run."
  type        = number
  default     = 60
  validation {
    condition     = var.look_every_seconds >= 10 && var.look_every_seconds <= 900
    error_message = "10 to 900 seconds."
  }
}

variable "window_hours" {
  description = "Hours after which a window that has not ended is abandoned; Verify then reports it."
  type        = number
  default     = 12
  validation {
    # An execution is limited to 25,000 events, of which a poll takes about ten.
    condition     = var.window_hours > 0 && var.window_hours * 3600 / var.look_every_seconds <= 2000
    error_message = "More than 0, and at most 2,000 polls: also raise look_every_seconds."
  }
}

variable "retries" {
  description = "Number of retries of a window whose run is incomplete."
  type        = number
  default     = 2
  validation {
    condition     = var.retries >= 0 && var.retries <= 10 && floor(var.retries) == var.retries
    error_message = "0 to 10."
  }
}

variable "retry_after_seconds" {
  description = "Seconds before such a retry: an unavailable shop needs time to recover."
  type        = number
  default     = 300
  validation {
    condition     = var.retry_after_seconds >= 1 && var.retry_after_seconds <= 86400
    error_message = "A second to a day."
  }
}

variable "timeout_days" {
  description = "Days after which a backfill is stopped."
  type        = number
  default     = 7
  validation {
    condition     = var.timeout_days >= 1 && var.timeout_days <= 90
    error_message = "1 to 90 days."
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
  description = "The KMS key of the queue's messages, the topic's and the logs."
  type        = string
  validation {
    condition     = can(regex("^arn:[a-z-]+:kms:", var.key_arn))
    error_message = "The ARN of a KMS key."
  }
}

variable "account_id" {
  description = "The account, for the ARN of the state machine in its own role."
  type        = string
  validation {
    condition     = can(regex("^[0-9]{12}$", var.account_id))
    error_message = "Twelve digits."
  }
}

variable "partition" {
  description = "The partition, for instance aws."
  type        = string
  validation {
    condition     = can(regex("^aws[a-z-]*$", var.partition))
    error_message = "aws, aws-cn, aws-us-gov and the like."
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

variable "permissions_boundary_arn" {
  description = "The permissions boundary of the role. Null for none."
  type        = string
  default     = null
  validation {
    condition     = var.permissions_boundary_arn == null ? true : can(regex("^arn:[a-z-]+:iam::[0-9]{12}:policy/", var.permissions_boundary_arn))
    error_message = "The ARN of a policy."
  }
}
