mock_provider "aws" {
  source = "../../mocks"
}

variables {
  bucket_name   = "shopflow-test-data"
  key_arn       = "arn:aws:kms:eu-west-2:111122223333:key/11111111-2222-3333-4444-555555555555"
  force_destroy = false
  lifecycle_days = {
    raw_infrequent      = 30
    raw_cold            = 90
    raw_expires         = 365
    archive_cold        = 1
    archive_expires     = 365
    quarantine_expires  = 90
    old_versions_expire = 30
  }
  notifications = {
    raw-parts = { prefix = "raw/", suffix = ".csv", queue_arn = "arn:aws:sqs:eu-west-2:111122223333:raw-events" }
    manifests = { prefix = "runs/", suffix = "manifest.json", queue_arn = "arn:aws:sqs:eu-west-2:111122223333:clean-events" }
  }
  events  = true
  sources = { shop = "../../../../sources/shop.yaml" }
}

run "bucket" {
  assert {
    condition     = aws_s3_bucket_versioning.this.versioning_configuration[0].status == "Enabled"
    error_message = "Objects have versions."
  }
  assert {
    condition = alltrue([
      for rule in aws_s3_bucket_server_side_encryption_configuration.this.rule :
      rule.bucket_key_enabled && rule.apply_server_side_encryption_by_default[0].sse_algorithm == "aws:kms" && rule.apply_server_side_encryption_by_default[0].kms_master_key_id == var.key_arn
    ])
    error_message = "Objects are encrypted with our key, by a bucket key."
  }
  assert {
    condition = alltrue([
      aws_s3_bucket_public_access_block.this.block_public_acls,
      aws_s3_bucket_public_access_block.this.block_public_policy,
      aws_s3_bucket_public_access_block.this.ignore_public_acls,
      aws_s3_bucket_public_access_block.this.restrict_public_buckets,
    ])
    error_message = "Nothing is public."
  }
  assert {
    condition     = aws_s3_bucket_ownership_controls.this.rule[0].object_ownership == "BucketOwnerEnforced"
    error_message = "There are no ACLs."
  }
  assert {
    condition     = aws_s3_bucket.this.force_destroy == false
    error_message = "A full bucket is not destroyed."
  }
  assert {
    condition     = aws_s3_bucket.this.tags.classification == "pii"
    error_message = "Raw rows are personal data."
  }
  assert {
    condition     = alltrue([for statement in jsondecode(aws_s3_bucket_policy.this.policy).Statement : statement.Effect == "Deny"])
    error_message = "The bucket policy grants no access."
  }
  assert {
    condition = anytrue([
      for statement in jsondecode(aws_s3_bucket_policy.this.policy).Statement :
      statement.Action == "s3:*" && statement.Resource == [aws_s3_bucket.this.arn, "${aws_s3_bucket.this.arn}/*"] && try(statement.Condition.Bool["aws:SecureTransport"], "") == "false"
    ])
    error_message = "TLS only."
  }
  assert {
    condition = anytrue([
      for statement in jsondecode(aws_s3_bucket_policy.this.policy).Statement :
      statement.Action == "s3:*" && statement.Resource == [aws_s3_bucket.this.arn, "${aws_s3_bucket.this.arn}/*"] && try(statement.Condition.NumericLessThan["s3:TlsVersion"], "") == "1.2"
    ])
    error_message = "TLS 1.2 at least."
  }
  assert {
    condition = anytrue([
      for statement in jsondecode(aws_s3_bucket_policy.this.policy).Statement :
      statement.Action == "s3:PutObject" && try(statement.Condition.StringNotEquals["s3:x-amz-server-side-encryption-aws-kms-key-id"], "") == var.key_arn
    ])
    error_message = "No object is put with another key."
  }
  assert {
    condition = anytrue([
      for statement in jsondecode(aws_s3_bucket_policy.this.policy).Statement :
      statement.Action == "s3:PutObject" && try(statement.Condition.StringNotEquals["s3:x-amz-server-side-encryption"], "") == "aws:kms"
    ])
    error_message = "No object is put with another encryption."
  }
}

run "lifecycle" {
  assert {
    condition = [
      for rule in aws_s3_bucket_lifecycle_configuration.this.rule :
      [for transition in rule.transition : "${transition.storage_class} ${transition.days}"] if rule.id == "raw"
    ] == [["STANDARD_IA 30", "GLACIER_IR 90"]]
    error_message = "Raw parts go to classes that are colder and can be read at once."
  }
  assert {
    condition = {
      for rule in aws_s3_bucket_lifecycle_configuration.this.rule : rule.filter[0].prefix => rule.expiration[0].days if rule.id != "old-versions-and-broken-uploads"
    } == { "raw/" = 365, "archive/" = 365, "quarantine/" = 90 }
    error_message = "What may hold personal data expires, and what the figures are made of does not."
  }
  assert {
    condition = anytrue([
      for rule in aws_s3_bucket_lifecycle_configuration.this.rule :
      [for transition in rule.transition : transition.storage_class] == ["GLACIER_IR"] if rule.id == "archive"
    ])
    error_message = "Payloads go to a colder class."
  }
  assert {
    condition = anytrue([
      for rule in aws_s3_bucket_lifecycle_configuration.this.rule :
      try(rule.noncurrent_version_expiration[0].noncurrent_days, 0) == 30 && !can(regex("/$", rule.filter[0].prefix))
    ])
    error_message = "Old versions expire, everywhere."
  }
  assert {
    condition = anytrue([
      for rule in aws_s3_bucket_lifecycle_configuration.this.rule :
      try(rule.abort_incomplete_multipart_upload[0].days_after_initiation, 0) == 7
    ])
    error_message = "Broken uploads are cleared away."
  }
  assert {
    condition     = alltrue([for rule in aws_s3_bucket_lifecycle_configuration.this.rule : rule.status == "Enabled"])
    error_message = "Rules are on."
  }
  assert {
    condition = {
      for queue in aws_s3_bucket_notification.this.queue : queue.id => "${queue.filter_prefix}*${queue.filter_suffix} ${queue.queue_arn}"
      } == {
      raw-parts = "raw/*.csv arn:aws:sqs:eu-west-2:111122223333:raw-events"
      manifests = "runs/*manifest.json arn:aws:sqs:eu-west-2:111122223333:clean-events"
    }
    error_message = "Created objects are sent to the queue of their prefix."
  }
  assert {
    condition     = aws_s3_bucket_notification.this.eventbridge
    error_message = "EventBridge gets the events of notifications."
  }
  assert {
    condition     = [for object in values(aws_s3_object.source) : object.key] == ["config/sources/shop.yaml"]
    error_message = "Configurations are uploaded to where extract reads them."
  }
}

run "expiry_before_the_cold_class_is_refused" {
  command = plan
  variables {
    lifecycle_days = {
      raw_infrequent      = 30
      raw_cold            = 90
      raw_expires         = 80
      archive_cold        = 1
      archive_expires     = 365
      quarantine_expires  = 90
      old_versions_expire = 30
    }
  }
  expect_failures = [var.lifecycle_days]
}

run "uploaded_files_expire_where_wanted" {
  variables {
    lifecycle_days = {
      raw_infrequent      = 30
      raw_cold            = 90
      raw_expires         = 365
      archive_cold        = 1
      archive_expires     = 365
      quarantine_expires  = 90
      files_expires       = 400
      old_versions_expire = 30
    }
  }
  assert {
    condition     = [for rule in aws_s3_bucket_lifecycle_configuration.this.rule : rule.expiration[0].days if rule.filter[0].prefix == "files/" && rule.status == "Enabled"] == [400]
    error_message = "Uploaded files expire."
  }
}

# The same rule as io.shopflow.core.source.SourceName has: a function would refuse the name in every run.
run "a_source_whose_name_begins_with_a_digit_is_refused" {
  command = plan
  variables {
    sources = { "2nd_shop" = "../../../../sources/shop.yaml" }
  }
  expect_failures = [var.sources]
}

run "a_source_of_32_letters_is_refused" {
  command = plan
  variables {
    sources = { abcdefghijklmnopqrstuvwxyzabcdef = "../../../../sources/shop.yaml" }
  }
  expect_failures = [var.sources]
}
