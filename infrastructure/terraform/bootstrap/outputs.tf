output "bucket_name" {
  description = "What goes into environments/<environment>/backend.hcl."
  value       = aws_s3_bucket.state.id
}
