variable "github_repository" {
  description = "owner/name of the repository whose workflows may deploy into this account. Null: no repository."
  type        = string
  default     = null
  validation {
    condition     = var.github_repository == null ? true : can(regex("^[A-Za-z0-9-]+/[A-Za-z0-9._-]+$", var.github_repository))
    error_message = "owner/name, without github.com before it."
  }
}

variable "github_environments" {
  description = "The environments that live in this account; each gets a boundary for its roles, and with a repository a role that only a job in the GitHub environment of that name may take."
  type        = set(string)
  default     = ["dev", "staging", "prod"]
  validation {
    condition     = alltrue([for name in var.github_environments : can(regex("^[a-z][a-z0-9-]{1,15}$", name))])
    error_message = "2 to 16 lower case letters, digits and hyphens each, as the stack's environment."
  }
  validation {
    # Otherwise the role of dev could change the roles of dev-two, including its deploy role: shopflow-dev-*.
    condition = alltrue(flatten([
      for name in var.github_environments : [for other in var.github_environments : !startswith(other, "${name}-")]
    ]))
    error_message = "No environment's name may begin with another's and a hyphen."
  }
}
