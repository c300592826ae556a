output "dead_letter_name" {
  description = "The name of the queue with the requests that could not be sent."
  value       = aws_sqs_queue.dead_letters.name
}

output "dead_letter_arn" {
  description = "The ARN of that queue."
  value       = aws_sqs_queue.dead_letters.arn
}
