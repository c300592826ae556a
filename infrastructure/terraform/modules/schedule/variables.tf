variable "name" {
  description = "What names begin with, for instance shopflow-prod."
  type        = string
  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{2,40}$", var.name))
    error_message = "Lower case letters, digits and hyphens, 3 to 41 of them."
  }
}

variable "sources" {
  description = "When each source is run, by name: a cron expression and the zone that it is read in."
  type = map(object({
    zone = string
    cron = string
  }))
  validation {
    condition     = alltrue([for source in values(var.sources) : can(regex("^cron\\(.+\\)$", source.cron))])
    error_message = "An expression of EventBridge Scheduler, for instance cron(0 2 * * ? *)."
  }
}

variable "queue" {
  description = "The queue of extract's requests."
  type = object({
    arn = string
  })
  validation {
    condition     = can(regex("^arn:[a-z-]+:sqs:", var.queue.arn))
    error_message = "The ARN of a queue."
  }
}

variable "account_id" {
  description = "The account whose schedules may use the role."
  type        = string
  validation {
    condition     = can(regex("^[0-9]{12}$", var.account_id))
    error_message = "Twelve digits."
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

variable "key_arn" {
  description = "The KMS key of the queues."
  type        = string
  validation {
    condition     = can(regex("^arn:[a-z-]+:kms:", var.key_arn))
    error_message = "The ARN of a KMS key."
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
