# The bucket that bootstrap/ creates, once per account. Its name contains the account's number: put yours here.
bucket       = "shopflow-terraform-111122223333"
key          = "shopflow/prod.tfstate"
region       = "eu-west-2"
encrypt      = true
use_lockfile = true
