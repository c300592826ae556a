variable "region" {
  description = "The region of the bucket; that of the environments is the obvious one."
  type        = string
  validation {
    condition     = can(regex("^[a-z]{2}(-[a-z]+)+-[0-9]$", var.region))
    error_message = "A region, for instance eu-west-2."
  }
}

variable "bucket_name" {
  description = "The bucket's name. Null for shopflow-terraform-<account>."
  type        = string
  default     = null
  validation {
    condition     = var.bucket_name == null ? true : can(regex("^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$", var.bucket_name))
    error_message = "3 to 63 lower case letters, digits and hyphens."
  }
}
