# The figures that the business uses.
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
}

database = {
  instance_class        = "db.m7g.large"
  storage_gigabytes     = 100
  max_storage_gigabytes = 500
  multi_az              = true
  backup_retention_days = 30
  enhanced_monitoring   = true
}

alarms = {
  # Who receives alarms. Each address first gets a message, and must confirm it: ["on-call@example.com"]
  emails = []
  # US dollars a month above which the cost is reported too: 600
  monthly_usd = null
}

# The dashboard: set it to true once the three values below are yours.
dashboard_enabled = false
# dashboard = {
#   domain_name           = "figures.example.com"
#   certificate_arn       = "arn:aws:acm:eu-west-2:111122223333:certificate/01234567-89ab-cdef-0123-456789abcdef"
#   cognito_domain_prefix = "example-figures"
#   tasks                 = 2
# }
