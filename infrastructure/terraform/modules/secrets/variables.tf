variable "name" {
  description = "What the secrets' names begin with, for instance shopflow-prod."
  type        = string
  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{2,40}$", var.name))
    error_message = "Lower case letters, digits and hyphens, 3 to 41 of them."
  }
}

variable "sources" {
  description = "The sources that need credentials."
  type        = set(string)
  validation {
    condition     = alltrue([for name in var.sources : can(regex("^[a-z][a-z0-9_]{0,30}$", name))])
    error_message = "A source's name has lower case letters, digits and underscores, at most 31, and begins with a letter."
  }
}

variable "key_arn" {
  description = "The KMS key that secrets are encrypted with."
  type        = string
  validation {
    condition     = can(regex("^arn:[a-z-]+:kms:", var.key_arn))
    error_message = "The ARN of a KMS key."
  }
}

variable "recovery_window_in_days" {
  description = "How long a deleted secret can be restored; 0 deletes at once."
  type        = number
  validation {
    condition     = var.recovery_window_in_days == 0 || (var.recovery_window_in_days >= 7 && var.recovery_window_in_days <= 30)
    error_message = "0, or 7 to 30 days."
  }
}

variable "make_values" {
  description = "Whether values are generated. False if an endpoint does not offer GetRandomPassword, and in tests, whose mocked provider has no ephemeral resources: then the secrets must be filled in another way."
  type        = bool
}

variable "password_version" {
  description = "Raise it by one to give the roles new passwords, which migrate sets in the same apply."
  type        = number
  validation {
    condition     = var.password_version >= 1 && floor(var.password_version) == var.password_version
    error_message = "1, 2, 3 and so on."
  }
}

variable "pseudonym_key_id" {
  description = "The pseudonym key's id. Another id means another key; rows with tokens of the old key do not join those of the new one."
  type        = string
  validation {
    condition     = can(regex("^[A-Za-z0-9._-]{1,64}$", var.pseudonym_key_id))
    error_message = "1 to 64 letters, digits, dots, hyphens and underscores, for instance 2026-01."
  }
}
