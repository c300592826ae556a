output "notification_topic_arn" {
  description = "The topic of the notifications of runs; null if no run is notified."
  value       = one(module.notifications[*].topic_arn)
}
