module "governance" {
  source = "../governance"
  count  = var.catalog_enabled ? 1 : 0

  name         = local.name
  bucket_name  = module.storage.bucket_name
  bucket_arn   = module.storage.bucket_arn
  kms_key_arn  = module.key.arn
  access_trail = var.access_trail
}
