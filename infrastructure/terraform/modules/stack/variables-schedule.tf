variable "schedule_enabled" {
  description = "Whether sources are run by a schedule; false if an endpoint has no EventBridge Scheduler, or to pause a stack."
  type        = bool
  default     = true
}
