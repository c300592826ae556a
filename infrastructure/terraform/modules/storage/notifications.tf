resource "aws_s3_bucket_notification" "this" {
  bucket = aws_s3_bucket.this.id

  # All events, of which a rule selects some.
  eventbridge = var.events

  dynamic "queue" {
    for_each = var.notifications
    content {
      id            = queue.key
      queue_arn     = queue.value.queue_arn
      events        = ["s3:ObjectCreated:*"]
      filter_prefix = queue.value.prefix
      filter_suffix = queue.value.suffix
    }
  }
}
