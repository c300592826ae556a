variable "name" {
  description = "What the queues' names begin with, for instance shopflow-prod."
  type        = string
  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{2,40}$", var.name))
    error_message = "Lower case letters, digits and hyphens, 3 to 41 of them."
  }
}

variable "queues" {
  description = "The queues by name: visibility timeout, number of receives after which a message becomes a dead letter, and whether the bucket sends events to the queue."
  type = map(object({
    visibility_timeout_seconds = number
    max_receive_count          = optional(number, 5)
    events_of_bucket           = optional(bool, false)
  }))
  validation {
    condition     = alltrue([for queue in values(var.queues) : queue.visibility_timeout_seconds >= 0 && queue.visibility_timeout_seconds <= 43200])
    error_message = "SQS hides a message for at most 12 hours."
  }
  validation {
    condition     = alltrue([for queue in values(var.queues) : queue.max_receive_count >= 1 && queue.max_receive_count <= 1000])
    error_message = "SQS allows 1 to 1000 receives."
  }
}

variable "bucket_arn" {
  description = "The bucket that sends its events to the queues with events_of_bucket."
  type        = string
  validation {
    condition     = can(regex("^arn:[a-z-]+:s3:::", var.bucket_arn))
    error_message = "The ARN of a bucket."
  }
}

variable "account_id" {
  description = "The bucket's account; S3 bucket names change hands, accounts do not."
  type        = string
  validation {
    condition     = can(regex("^[0-9]{12}$", var.account_id))
    error_message = "Twelve digits."
  }
}

variable "key_arn" {
  description = "The KMS key that messages are encrypted with."
  type        = string
  validation {
    condition     = can(regex("^arn:[a-z-]+:kms:", var.key_arn))
    error_message = "The ARN of a KMS key."
  }
}
