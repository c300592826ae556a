output "backfill_state_machine_arn" {
  description = "The state machine of backfills, for `aws stepfunctions start-execution`; null if there is none."
  value       = one(module.backfill[*].state_machine_arn)
}
