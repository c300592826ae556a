# ShopFlow, all of it: one file per concern. This is the root that each environment applies with its own variables and its
# own state; see environments/.

data "aws_caller_identity" "current" {}
data "aws_partition" "current" {}

locals {
  name       = "shopflow-${var.environment}"
  account_id = data.aws_caller_identity.current.account_id
  partition  = data.aws_partition.current.partition

  # Made by the bootstrap, once per account.
  permissions_boundary_arn = var.permissions_boundary ? "arn:${local.partition}:iam::${local.account_id}:policy/${local.name}-boundary" : null

  # On every resource. Resources with data also have a classification: pii, pseudonymised or public.
  tags = {
    project     = "shopflow"
    environment = var.environment
    managed-by  = "terraform"
    # What the cost budget counts; activate it once for cost allocation.
    stack = "shopflow-${var.environment}"
  }
}
