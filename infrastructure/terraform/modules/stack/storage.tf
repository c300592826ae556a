module "storage" {
  source = "../storage"

  bucket_name    = coalesce(var.bucket_name, "${local.name}-data-${local.account_id}")
  key_arn        = module.key.arn
  force_destroy  = !var.deletion_protection
  lifecycle_days = var.lifecycle_days

  notifications = {
    raw-parts   = { prefix = "raw/", suffix = ".csv", queue_arn = module.queues.queues["raw-events"].arn }
    clean-parts = { prefix = "clean/", suffix = ".csv", queue_arn = module.queues.queues["clean-events"].arn }
    manifests   = { prefix = "runs/", suffix = "manifest.json", queue_arn = module.queues.queues["clean-events"].arn }
  }

  events = local.notifications_enabled

  sources = {
    for name in keys(var.sources) : name => "${coalesce(var.sources_folder, "${path.module}/../../../../sources")}/${name}.yaml"
  }
}
