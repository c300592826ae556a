variable "make_secret_values" {
  description = "Whether passwords and the pseudonym key are made by the apply. False where an endpoint does not offer GetRandomPassword, and in tests: then somebody else fills the secrets."
  type        = bool
  default     = true
}

variable "password_version" {
  description = "Raised by one, the database roles get new passwords, which migrate sets in the same apply."
  type        = number
  default     = 1
  validation {
    condition     = var.password_version >= 1 && floor(var.password_version) == var.password_version
    error_message = "1, 2, 3 and so on."
  }
}

variable "pseudonym_key_id" {
  description = "The pseudonym key's id. Another id means another key, and rows of the old one join no row of the new one."
  type        = string
  validation {
    condition     = can(regex("^[A-Za-z0-9._-]{1,64}$", var.pseudonym_key_id))
    error_message = "1 to 64 letters, digits, dots, hyphens and underscores, for instance 2026-01."
  }
}
