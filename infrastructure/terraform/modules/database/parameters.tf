locals {
  # Applied at the start only; all other parameters are applied while the server runs.
  static = ["shared_preload_libraries", "autovacuum_max_workers"]

  parameters = {
    # No connection without TLS.
    "rds.force_ssl" = "1"

    # A load is a burst of COPY and merges. With the default of 1 GB of WAL the server would write checkpoints all the time,
    # and after each of them whole pages into the WAL.
    max_wal_size                 = "4096"
    checkpoint_timeout           = "900"
    checkpoint_completion_target = "0.9"
    wal_compression              = "zstd"

    # Sorts and hashes of a merge of 50,000 rows stay in memory.
    work_mem             = "32768"
    maintenance_work_mem = "262144"

    # gp3 has no heads to move.
    random_page_cost         = "1.1"
    effective_io_concurrency = "200"

    # Merges leave dead rows behind in tables that are never idle for long.
    autovacuum_vacuum_scale_factor  = "0.05"
    autovacuum_analyze_scale_factor = "0.02"
    autovacuum_vacuum_cost_limit    = "2000"

    # A function that was frozen in the middle of a transaction must not hold locks for ever.
    idle_in_transaction_session_timeout = "900000"

    # A message's detail may quote a row, and parameters are values, so neither is logged. Nor are failed statements, since those
    # written by hand contain values. The message is logged; clients log its SQLSTATE.
    log_error_verbosity        = "terse"
    log_parameter_max_length   = "0"
    log_min_error_statement    = "panic"
    log_min_duration_statement = "2000"
    log_lock_waits             = "1"
    log_temp_files             = "65536"

    shared_preload_libraries = "pg_stat_statements"
    timezone                 = "UTC"
  }
}

resource "aws_db_parameter_group" "this" {
  name_prefix = "${var.name}-"
  family      = "postgres17"
  description = "Warehouse of ShopFlow: TLS only, tuned for COPY and merges"

  dynamic "parameter" {
    for_each = local.parameters
    content {
      name         = parameter.key
      value        = parameter.value
      apply_method = contains(local.static, parameter.key) ? "pending-reboot" : "immediate"
    }
  }

  lifecycle {
    create_before_destroy = true
  }
}
