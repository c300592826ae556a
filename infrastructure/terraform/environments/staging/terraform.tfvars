# As prod, smaller: what is released is tried here first.
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
