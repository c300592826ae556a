variable "name" {
  description = "What the names begin with, for instance shopflow-prod."
  type        = string
  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{2,40}$", var.name))
    error_message = "Lower case letters, digits and hyphens, 3 to 41 of them."
  }
}

variable "environment" {
  description = "Name of the environment, for people who read the notifications."
  type        = string
  validation {
    condition     = length(var.environment) > 0
    error_message = "The environment needs a name."
  }
}

variable "bucket_name" {
  description = "The data bucket, which reports its objects to EventBridge."
  type        = string
  validation {
    condition     = can(regex("^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$", var.bucket_name))
    error_message = "3 to 63 lower case letters, digits and hyphens."
  }
}

variable "bucket_arn" {
  description = "ARN of the data bucket."
  type        = string
  validation {
    condition     = can(regex("^arn:[a-z-]+:s3:::", var.bucket_arn))
    error_message = "The ARN of a bucket."
  }
}

variable "emails" {
  description = "Addresses that notifications are sent to. Each gets a message first and must confirm."
  type        = set(string)
  validation {
    condition     = alltrue([for email in var.emails : can(regex("^[^@ ]+@[^@ ]+\\.[^@ ]+$", email))])
    error_message = "E-mail addresses."
  }
}

variable "key_arn" {
  description = "The KMS key of the bucket's objects and of the topic."
  type        = string
  validation {
    condition     = can(regex("^arn:[a-z-]+:kms:", var.key_arn))
    error_message = "The ARN of a KMS key."
  }
}

variable "account_id" {
  description = "The account, for ARNs and the conditions of roles."
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
  description = "The permissions boundary of the roles. Null for none."
  type        = string
  default     = null
  validation {
    condition     = var.permissions_boundary_arn == null ? true : can(regex("^arn:[a-z-]+:iam::[0-9]{12}:policy/", var.permissions_boundary_arn))
    error_message = "The ARN of a policy."
  }
}
