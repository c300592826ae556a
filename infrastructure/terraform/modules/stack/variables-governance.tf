variable "catalog_enabled" {
  description = "Whether there is a Glue catalog of the lake, and the access trail if configured; false if an endpoint has no Glue."
  type        = bool
  default     = true
}

variable "access_trail" {
  description = "Records who reads and writes raw rows, for retention_days in a separate locked bucket: GOVERNANCE or COMPLIANCE, see S3 Object Lock. 0.10 USD per 100,000 events. Null for none. A stack with a trail cannot be destroyed before its last record is old enough."
  type = object({
    retention_days = optional(number, 365)
    mode           = optional(string, "GOVERNANCE")
  })
  default = null
  validation {
    condition     = var.access_trail == null || var.catalog_enabled
    error_message = "The trail requires the catalog: catalog_enabled."
  }
}
