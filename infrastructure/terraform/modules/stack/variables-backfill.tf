variable "backfill_enabled" {
  description = "Whether there is a state machine for backfills; false if an endpoint has no Step Functions with distributed maps."
  type        = bool
  default     = true
}

variable "backfill_windows_at_a_time" {
  description = "How many windows of a backfill are read at a time. Extract's maximum_concurrency bounds them too, and is shared with the schedule."
  type        = number
  default     = 4
  validation {
    condition     = var.backfill_windows_at_a_time >= 1 && var.backfill_windows_at_a_time <= 100 && floor(var.backfill_windows_at_a_time) == var.backfill_windows_at_a_time
    error_message = "1 to 100: more would overload a shop's API."
  }
}
