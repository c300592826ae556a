# What the business looks at.
environment           = "prod"
region                = "eu-west-2"
pseudonym_key_id      = "prod-1"
deletion_protection   = true
log_retention_in_days = 90

sources = {
  shop = { zone = "Europe/London" }
}

network = {
  availability_zones = 3
  flow_logs          = true
}

database = {
  instance_class        = "db.m7g.large"
  storage_gigabytes     = 100
  max_storage_gigabytes = 500
  multi_az              = true
  backup_retention_days = 30
  enhanced_monitoring   = true
}
