variable "make_secret_values" {
  description = "Whether the apply generates passwords and the pseudonym key. False if an endpoint does not offer GetRandomPassword, and in tests: then the secrets must be filled in another way."
  type        = bool
  default     = true
}

variable "password_version" {
  description = "Raise it by one to give the database roles new passwords, which migrate sets in the same apply."
  type        = number
  default     = 1
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
