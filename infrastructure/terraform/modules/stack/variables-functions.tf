variable "packages" {
  description = "The folder with <function>.zip for each function; a build makes functions/<function>/target/function.zip."
  type        = string
  validation {
    condition     = length(var.packages) > 0
    error_message = "A folder."
  }
}

variable "runtime" {
  description = "native for executables on provided.al2023, java21 for JVM packages on the managed Java runtime with SnapStart for all but migrate."
  type        = string
  default     = "native"
  validation {
    condition     = contains(["native", "java21"], var.runtime)
    error_message = "native or java21."
  }
}

variable "architecture" {
  description = "The architecture of native packages."
  type        = string
  default     = "arm64"
  validation {
    condition     = contains(["arm64", "x86_64"], var.architecture)
    error_message = "arm64 or x86_64."
  }
}

variable "functions" {
  description = "Sizes that differ from those in functions.tf, by function. batch_size and maximum_concurrency are of its queue."
  type = map(object({
    memory_megabytes            = optional(number)
    ephemeral_storage_megabytes = optional(number)
    timeout_seconds             = optional(number)
    reserved_concurrency        = optional(number)
    batch_size                  = optional(number)
    maximum_concurrency         = optional(number)
  }))
  default = {}
  validation {
    condition     = alltrue([for name in keys(var.functions) : contains(["extract", "transform", "load", "migrate", "backfill"], name)])
    error_message = "There is no such function."
  }
}

variable "live_versions" {
  description = "Older versions to make live, by function: a rollback."
  type        = map(string)
  default     = {}
  validation {
    condition     = alltrue([for version in values(var.live_versions) : can(regex("^[1-9][0-9]*$", version))])
    error_message = "Numbers of published versions."
  }
}
