# Like prod, but smaller: releases are tried here first.
environment           = "staging"
region                = "eu-west-2"
pseudonym_key_id      = "staging-1"
deletion_protection   = true
log_retention_in_days = 30

sources = {
  shop = { zone = "Europe/London" }
}

database = {
  instance_class        = "db.t4g.medium"
  backup_retention_days = 7
}

alarms = {
  # Who receives alarms. Each address first gets a message, and must confirm it: ["on-call@example.com"]
  emails = []
  # US dollars a month above which the cost is reported too: 250
  monthly_usd = null
}

# The dashboard: set it to true once the three values below are yours.
dashboard_enabled = false
# dashboard = {
#   domain_name           = "figures-staging.example.com"
#   certificate_arn       = "arn:aws:acm:eu-west-2:111122223333:certificate/01234567-89ab-cdef-0123-456789abcdef"
#   cognito_domain_prefix = "example-figures-staging"
# }
