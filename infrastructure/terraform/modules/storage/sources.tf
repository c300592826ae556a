# The configurations of sources, unchanged. Secrets are in Secrets Manager, and only named here.
resource "aws_s3_object" "source" {
  for_each = var.sources

  bucket       = aws_s3_bucket.this.id
  key          = "config/sources/${each.key}.yaml"
  source       = each.value
  source_hash  = filesha256(each.value)
  content_type = "application/yaml"

  depends_on = [aws_s3_bucket_server_side_encryption_configuration.this, aws_s3_bucket_versioning.this]
}
