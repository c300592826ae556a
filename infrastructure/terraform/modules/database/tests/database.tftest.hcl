mock_provider "aws" {
  source = "../../mocks"
}

variables {
  name                   = "shopflow-test"
  key_arn                = "arn:aws:kms:eu-west-2:111122223333:key/11111111-2222-3333-4444-555555555555"
  subnet_ids             = ["subnet-1", "subnet-2"]
  security_group_ids     = ["sg-1"]
  instance_class         = "db.m7g.large"
  storage_gigabytes      = 100
  max_storage_gigabytes  = 500
  multi_az               = true
  backup_retention_days  = 30
  backup_window          = "00:00-00:30"
  maintenance_window     = "sun:04:30-sun:05:30"
  deletion_protection    = true
  enhanced_monitoring    = true
  performance_insights   = true
  log_retention_in_days  = 90
  apply_changes_directly = false
}

run "database" {
  assert {
    condition     = aws_db_instance.this.storage_encrypted == true && aws_db_instance.this.kms_key_id == var.key_arn
    error_message = "Storage is encrypted with our key."
  }
  assert {
    condition     = aws_db_instance.this.publicly_accessible == false
    error_message = "The database is private."
  }
  assert {
    condition     = aws_db_instance.this.vpc_security_group_ids == toset(["sg-1"]) && aws_db_subnet_group.this.subnet_ids == toset(["subnet-1", "subnet-2"])
    error_message = "The database is in the given subnets, with the given security group."
  }
  assert {
    condition     = one([for parameter in aws_db_parameter_group.this.parameter : parameter.value if parameter.name == "rds.force_ssl"]) == "1"
    error_message = "TLS only."
  }
  assert {
    condition     = aws_db_instance.this.parameter_group_name == aws_db_parameter_group.this.name && aws_db_parameter_group.this.family == "postgres17" && aws_db_instance.this.engine_version == "17"
    error_message = "PostgreSQL 17 with our parameters."
  }
  assert {
    condition     = tonumber(one([for parameter in aws_db_parameter_group.this.parameter : parameter.value if parameter.name == "max_wal_size"])) >= 4096
    error_message = "A load must not be a row of checkpoints."
  }
  assert {
    condition     = { for parameter in aws_db_parameter_group.this.parameter : parameter.name => parameter.value if can(regex("^log_(error|min_error|parameter)", parameter.name)) } == { log_error_verbosity = "terse", log_min_error_statement = "panic", log_parameter_max_length = "0" }
    error_message = "Rows are not logged."
  }
  assert {
    condition     = aws_db_instance.this.manage_master_user_password == true && aws_db_instance.this.password == null && aws_db_instance.this.master_user_secret_kms_key_id == var.key_arn
    error_message = "The master password is made, kept and rotated by RDS, encrypted with our key."
  }
  assert {
    condition     = aws_db_instance.this.deletion_protection
    error_message = "The database is not deleted."
  }
  assert {
    condition     = aws_db_instance.this.skip_final_snapshot == false && aws_db_instance.this.final_snapshot_identifier == "shopflow-test-last" && aws_db_instance.this.delete_automated_backups == false
    error_message = "And if it is, its last state remains."
  }
  assert {
    condition     = aws_db_instance.this.backup_retention_period == 30 && aws_db_instance.this.copy_tags_to_snapshot
    error_message = "Backups are kept."
  }
  assert {
    condition     = aws_db_instance.this.multi_az
    error_message = "There is a standby."
  }
  assert {
    condition     = aws_db_instance.this.performance_insights_enabled && aws_db_instance.this.performance_insights_kms_key_id == var.key_arn
    error_message = "Performance Insights is on, encrypted with our key."
  }
  assert {
    condition     = aws_db_instance.this.monitoring_interval == 60 && length(aws_iam_role.monitoring) == 1
    error_message = "Enhanced monitoring is on if requested."
  }
  assert {
    condition = [for statement in jsondecode(aws_iam_role.monitoring[0].assume_role_policy).Statement : statement.Condition] == [{
      StringEquals = { "aws:SourceAccount" = "111122223333" }
      ArnLike      = { "aws:SourceArn" = "arn:aws:rds:*:111122223333:db:${var.name}" }
    }]
    error_message = "RDS takes the role for this database of this account only."
  }
  assert {
    condition     = aws_db_instance.this.enabled_cloudwatch_logs_exports == toset(["postgresql", "upgrade"])
    error_message = "The server's logs go to CloudWatch."
  }
  assert {
    condition     = alltrue([for group in values(aws_cloudwatch_log_group.this) : group.retention_in_days == 90 && group.kms_key_id == var.key_arn]) && toset(keys(aws_cloudwatch_log_group.this)) == aws_db_instance.this.enabled_cloudwatch_logs_exports
    error_message = "Each log group has a retention and is encrypted with our key."
  }
  assert {
    condition     = try(aws_db_instance.this.tags.classification, "none") == "pseudonymised"
    error_message = "The warehouse is classified."
  }
}

run "small" {
  command = plan
  variables {
    multi_az             = false
    enhanced_monitoring  = false
    performance_insights = false
    deletion_protection  = false
  }
  assert {
    condition     = aws_db_instance.this.storage_encrypted == true && aws_db_instance.this.publicly_accessible == false && aws_db_instance.this.manage_master_user_password == true
    error_message = "A small one is as private."
  }
  assert {
    condition     = !aws_db_instance.this.multi_az && aws_db_instance.this.monitoring_interval == 0 && length(aws_iam_role.monitoring) == 0 && !aws_db_instance.this.performance_insights_enabled && aws_db_instance.this.skip_final_snapshot
    error_message = "What costs can be left out."
  }
}

run "no_backups_are_refused" {
  command = plan
  variables {
    backup_retention_days = 0
  }
  expect_failures = [var.backup_retention_days]
}
