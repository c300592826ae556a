variable "notifications" {
  description = <<-E
    Who learns how a run ended, and of which runs. runs: all; problems, each that is not complete and the first complete one after it;
    or none, which an endpoint without EventBridge or Step Functions needs. emails: each address gets a message first and must
    confirm. The chats of alarms get the notifications too.
  E
  type = object({
    runs   = optional(string, "problems")
    emails = optional(set(string), [])
  })
  default = {}
  validation {
    condition     = contains(["all", "problems", "none"], var.notifications.runs)
    error_message = "runs is all, problems or none."
  }
  validation {
    condition     = var.notifications.runs != "none" || length(var.notifications.emails) == 0
    error_message = "With runs = none, nothing is sent to emails."
  }
}
