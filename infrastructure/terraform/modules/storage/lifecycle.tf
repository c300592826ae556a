resource "aws_s3_bucket_lifecycle_configuration" "this" {
  bucket = aws_s3_bucket.this.id

  # Objects of both classes can be read immediately, so a part can be replayed until it expires.
  rule {
    id     = "raw"
    status = "Enabled"
    filter {
      prefix = "raw/"
    }
    transition {
      days          = var.lifecycle_days.raw_infrequent
      storage_class = "STANDARD_IA"
    }
    transition {
      days          = var.lifecycle_days.raw_cold
      storage_class = "GLACIER_IR"
    }
    expiration {
      days = var.lifecycle_days.raw_expires
    }
  }

  # Original payloads are needed only to explain a figure, which is rare, and then within minutes.
  rule {
    id     = "archive"
    status = "Enabled"
    filter {
      prefix = "archive/"
    }
    transition {
      days          = var.lifecycle_days.archive_cold
      storage_class = "GLACIER_IR"
    }
    expiration {
      days = var.lifecycle_days.archive_expires
    }
  }

  rule {
    id     = "quarantine"
    status = "Enabled"
    filter {
      prefix = "quarantine/"
    }
    expiration {
      days = var.lifecycle_days.quarantine_expires
    }
  }

  # Uploaded files. Each run of their source reads all of them, so they are not deleted by default.
  dynamic "rule" {
    for_each = var.lifecycle_days.files_expires[*]
    content {
      id     = "files"
      status = "Enabled"
      filter {
        prefix = "files/"
      }
      expiration {
        days = rule.value
      }
    }
  }

  rule {
    id     = "old-versions-and-broken-uploads"
    status = "Enabled"
    filter {}
    noncurrent_version_expiration {
      noncurrent_days = var.lifecycle_days.old_versions_expire
    }
    expiration {
      expired_object_delete_marker = true
    }
    abort_incomplete_multipart_upload {
      days_after_initiation = 7
    }
  }

  depends_on = [aws_s3_bucket_versioning.this]
}
