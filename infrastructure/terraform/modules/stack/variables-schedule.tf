variable "schedule_enabled" {
  description = "Whether sources are run by a schedule; off where an endpoint has no EventBridge Scheduler, or while a stack is to rest."
  type        = bool
  default     = true
}
