output "queues" {
  description = "The queues by name. Known only after their policies exist, which S3 requires for notifications."
  value = {
    for name, queue in aws_sqs_queue.this : name => {
      arn              = queue.arn
      url              = queue.url
      name             = queue.name
      dead_letter_arn  = aws_sqs_queue.dead_letters[name].arn
      dead_letter_name = aws_sqs_queue.dead_letters[name].name
    }
  }
  depends_on = [aws_sqs_queue_policy.this, aws_sqs_queue_policy.dead_letters]
}
