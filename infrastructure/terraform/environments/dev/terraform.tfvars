# For trying changes. It may be destroyed with all its data.
environment           = "dev"
region                = "eu-west-2"
pseudonym_key_id      = "dev-1"
deletion_protection   = false
log_retention_in_days = 14

sources = {
  shop = { zone = "Europe/London" }
}

database = {
  instance_class        = "db.t4g.micro"
  backup_retention_days = 1
}

alarms = {
  # Who receives alarms. Each address first gets a message, and must confirm it: ["on-call@example.com"]
  emails = []
  # US dollars a month above which the cost is reported too: 200
  monthly_usd = null
}

# The dashboard: set it to true once the three values below are yours.
dashboard_enabled = false
# dashboard = {
#   domain_name           = "figures-dev.example.com"
#   certificate_arn       = "arn:aws:acm:eu-west-2:111122223333:certificate/01234567-89ab-cdef-0123-456789abcdef"
#   cognito_domain_prefix = "example-figures-dev"
# }
