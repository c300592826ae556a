locals {
  # One queue for each function that reads one. A message stays hidden for six times the function's timeout, as AWS recommends, which
  # leaves time for retries and throttling:
  # https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
  queues = {
    for name, function in local.functions : function.queue.name => {
      visibility_timeout_seconds = 6 * local.sizes[name].timeout_seconds
      events_of_bucket           = function.queue.events_of_bucket
    } if function.queue != null
  }
}

module "queues" {
  source = "../queues"

  name       = local.name
  queues     = local.queues
  bucket_arn = module.storage.bucket_arn
  account_id = local.account_id
  key_arn    = module.key.arn
}
