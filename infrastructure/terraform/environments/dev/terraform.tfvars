# Where changes are tried. It may be destroyed with all that is in it.
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
