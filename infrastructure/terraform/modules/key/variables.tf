variable "name" {
  description = "What the key's alias begins with, for instance shopflow-prod."
  type        = string
  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{2,40}$", var.name))
    error_message = "Lower case letters, digits and hyphens, 3 to 41 of them."
  }
}

variable "services" {
  description = "AWS services that use the key on their own behalf, each with the condition (operator to key to value) that ties it to this stack."
  type        = map(map(map(string)))
  validation {
    condition     = alltrue([for condition in values(var.services) : length(condition) > 0])
    error_message = "A service needs a condition, or it would use the key for any account."
  }
}

variable "rotation_period_in_days" {
  description = "Days after which KMS creates new key material; data that was encrypted before stays readable."
  type        = number
  default     = 365
  validation {
    condition     = var.rotation_period_in_days >= 90 && var.rotation_period_in_days <= 2560
    error_message = "KMS allows 90 to 2560 days."
  }
}

variable "deletion_window_in_days" {
  description = "Days in which the deletion of the key can be cancelled."
  type        = number
  default     = 30
  validation {
    condition     = var.deletion_window_in_days >= 7 && var.deletion_window_in_days <= 30
    error_message = "KMS allows 7 to 30 days."
  }
}
