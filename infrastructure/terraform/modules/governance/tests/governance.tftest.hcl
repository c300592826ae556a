mock_provider "aws" {
  override_during = plan

  mock_data "aws_caller_identity" {
    defaults = { account_id = "123456789012" }
  }
  mock_data "aws_partition" {
    defaults = { partition = "aws" }
  }
  mock_data "aws_region" {
    defaults = { name = "eu-west-2" }
  }
  mock_resource "aws_s3_bucket" {
    defaults = {
      id  = "shopflow-test-raw-access-123456789012"
      arn = "arn:aws:s3:::shopflow-test-raw-access-123456789012"
    }
  }
}

variables {
  name        = "shopflow-test"
  bucket_name = "shopflow-test-data"
  bucket_arn  = "arn:aws:s3:::shopflow-test-data"
  kms_key_arn = "arn:aws:kms:eu-west-2:123456789012:key/data"
}

run "tables_over_raw_and_clean_rows" {
  command = plan

  assert {
    condition     = aws_glue_catalog_database.lake.name == "shopflow_test"
    error_message = "A database's name has no hyphens."
  }
  assert {
    condition     = length(aws_glue_catalog_table.stream) == 2 * length(local.streams) && length(local.streams) >= 8
    error_message = "Each stream has a raw and a clean table."
  }
  assert {
    condition     = aws_glue_catalog_table.stream["clean_orders"].storage_descriptor[0].location == "s3://shopflow-test-data/clean/orders/"
    error_message = "Clean rows are found where the transform puts them."
  }
  assert {
    condition     = aws_glue_catalog_table.stream["raw_orders"].parameters["storage.location.template"] == "s3://shopflow-test-data/raw/year=$${year}/month=$${month}/day=$${day}/orders/"
    error_message = "Raw rows are found where extract puts them, by the day of the run."
  }
  assert {
    condition = (
      aws_glue_catalog_table.stream["raw_orders"].parameters["projection.month.digits"] == "2"
      && aws_glue_catalog_table.stream["raw_orders"].parameters["projection.day.digits"] == "2"
      && [for key in aws_glue_catalog_table.stream["raw_orders"].partition_keys : key.name] == ["year", "month", "day"]
    )
    error_message = "Days of raw rows are partitions, with leading zeros."
  }
  assert {
    condition     = alltrue([for table in values(aws_glue_catalog_table.stream) : table.parameters["skip.header.line.count"] == "1"])
    error_message = "The header is no row."
  }
  assert {
    condition = [for column in aws_glue_catalog_table.stream["clean_customers"].storage_descriptor[0].columns : column.name] == [
      for column in local.streams.customers.clean.columns : column.name
    ]
    error_message = "A table has its schema's columns, in the files' order."
  }

  # Every resource has a tag with its sensitivity.
  assert {
    condition = alltrue(flatten([
      for table in values(aws_glue_catalog_table.stream) : [
        contains(["pii", "pseudonymised", "public"], table.parameters["data_classification"]),
        [for column in table.storage_descriptor[0].columns : contains(["pii", "pseudonymised", "public"], column.parameters["data_classification"])],
      ]
    ]))
    error_message = "Tables and columns are classified."
  }
  assert {
    condition = (
      aws_glue_catalog_table.stream["raw_customers"].parameters["data_classification"] == "pii"
      && aws_glue_catalog_table.stream["clean_customers"].parameters["data_classification"] == "pseudonymised"
      && aws_glue_catalog_table.stream["clean_products"].parameters["data_classification"] == "public"
    )
    error_message = "A table is as sensitive as the most sensitive of its columns."
  }
  assert {
    condition     = !anytrue([for name, table in aws_glue_catalog_table.stream : startswith(name, "clean_") && table.parameters["data_classification"] == "pii"])
    error_message = "Nothing clean is personal."
  }
  assert {
    condition     = length(aws_cloudtrail.raw) + length(aws_s3_bucket.trail) == 0
    error_message = "The trail, which costs money, is created only on request."
  }
}

run "who_read_raw_rows_is_recorded_where_nobody_can_change_it" {
  command = plan

  variables {
    access_trail = { retention_days = 90, mode = "COMPLIANCE" }
  }

  assert {
    condition = alltrue([
      for field, wanted in { "eventCategory" = ["Data"], "resources.type" = ["AWS::S3::Object"] } :
      anytrue([for selector in aws_cloudtrail.raw[0].advanced_event_selector[0].field_selector : selector.field == field && selector.equals == tolist(wanted)])
    ])
    error_message = "The trail records what is done with objects, and nothing else."
  }
  assert {
    condition     = anytrue([for selector in aws_cloudtrail.raw[0].advanced_event_selector[0].field_selector : selector.field == "resources.ARN" && selector.starts_with == tolist(["arn:aws:s3:::shopflow-test-data/raw/"])])
    error_message = "The trail records raw/ and nothing else."
  }
  assert {
    condition     = aws_cloudtrail.raw[0].enable_log_file_validation && aws_cloudtrail.raw[0].kms_key_id == var.kms_key_arn
    error_message = "Records are signed and encrypted."
  }
  assert {
    condition     = aws_s3_bucket.trail[0].object_lock_enabled && aws_s3_bucket.trail[0].bucket != var.bucket_name
    error_message = "The bucket is one of its own, and locked."
  }
  assert {
    condition     = aws_s3_bucket_object_lock_configuration.trail[0].rule[0].default_retention[0].mode == "COMPLIANCE" && aws_s3_bucket_object_lock_configuration.trail[0].rule[0].default_retention[0].days == 90
    error_message = "Records are locked as long as wanted."
  }
  assert {
    condition     = aws_s3_bucket_lifecycle_configuration.trail[0].rule[0].expiration[0].days > 90
    error_message = "Records go after the lock, not before."
  }
  assert {
    condition = (
      aws_s3_bucket_public_access_block.trail[0].block_public_acls && aws_s3_bucket_public_access_block.trail[0].block_public_policy
      && aws_s3_bucket_public_access_block.trail[0].ignore_public_acls && aws_s3_bucket_public_access_block.trail[0].restrict_public_buckets
    )
    error_message = "The bucket is not public."
  }
  assert {
    condition     = one(aws_s3_bucket_server_side_encryption_configuration.trail[0].rule).apply_server_side_encryption_by_default[0].sse_algorithm == "aws:kms" && one(aws_s3_bucket_server_side_encryption_configuration.trail[0].rule).apply_server_side_encryption_by_default[0].kms_master_key_id == var.kms_key_arn
    error_message = "The bucket is encrypted with a customer's key."
  }
  assert {
    condition = alltrue([
      for statement in jsondecode(aws_s3_bucket_policy.trail[0].policy).Statement :
      statement.Effect == "Deny" || try(statement.Condition.StringEquals["aws:SourceArn"], "") == "arn:aws:cloudtrail:eu-west-2:123456789012:trail/shopflow-test-raw-access"
    ])
    error_message = "This trail writes to the bucket, and no other."
  }
  assert {
    condition     = anytrue([for statement in jsondecode(aws_s3_bucket_policy.trail[0].policy).Statement : statement.Effect == "Deny" && try(statement.Condition.Bool["aws:SecureTransport"], "") == "false"])
    error_message = "Records are read by TLS only."
  }
}

run "what_is_refused" {
  command = plan

  variables {
    access_trail = { mode = "SOMETIMES" }
    first_year   = 26
  }

  expect_failures = [var.access_trail, var.first_year]
}
