# An endpoint that is not Amazon's, with what it does not offer left out.

mock_provider "aws" {
  source          = "../../mocks"
  override_during = plan
}

# Ephemeral resources cannot be mocked; there are none here, so this one is never called.
provider "aws" {
  alias                       = "ephemeral"
  region                      = "eu-west-2"
  access_key                  = "none"
  secret_key                  = "none"
  skip_credentials_validation = true
  skip_metadata_api_check     = true
  skip_region_validation      = true
  skip_requesting_account_id  = true
}

variables {
  packages           = "tests/packages"
  make_secret_values = false

  environment       = "exercise"
  endpoint          = "http://127.0.0.1:4566"
  function_endpoint = "http://127.0.0.1:4567"
  schedule_enabled  = false
  network           = { create = false }
  external_database = {
    host              = "127.0.0.1"
    sslmode           = "disable"
    master_secret_arn = "arn:aws:secretsmanager:eu-west-2:111122223333:secret:master-AbCdEf"
  }
}

run "emulator" {
  command = plan

  assert {
    condition = alltrue([
      for environment in values(local.environments) :
      environment["QUARKUS_S3_ENDPOINT_OVERRIDE"] == "http://127.0.0.1:4567" && environment["QUARKUS_SQS_ENDPOINT_OVERRIDE"] == "http://127.0.0.1:4567" && environment["AWS_ENDPOINT_URL_SECRETS_MANAGER"] == "http://127.0.0.1:4567"
    ])
    error_message = "Functions call the endpoint as they reach it."
  }
  assert {
    condition     = alltrue([for environment in values(local.environments) : environment["QUARKUS_S3_PATH_STYLE_ACCESS"] == "true"])
    error_message = "S3 is called path-style."
  }
  assert {
    condition     = length(module.network) == 0 && length(module.database) == 0 && length(module.schedule) == 0 && local.function_network == null
    error_message = "What the endpoint does not offer is left out."
  }
  assert {
    condition     = local.environments.load["QUARKUS_DATASOURCE_JDBC_URL"] == "jdbc:postgresql://127.0.0.1:5432/shopflow?sslmode=disable" && local.environments.migrate["SHOPFLOW_DATABASE_SECRET"] == var.external_database.master_secret_arn
    error_message = "The database is the one that was named."
  }
}

run "a_database_of_ours_without_a_network_is_refused" {
  command = plan
  variables {
    external_database = null
  }
  expect_failures = [var.network]
}

# The same rule as io.shopflow.core.source.SourceName has.
run "a_source_that_functions_would_refuse_is_refused" {
  command = plan
  variables {
    sources = { "2nd_shop" = {} }
  }
  expect_failures = [var.sources]
}

run "an_unknown_function_is_refused" {
  command = plan
  variables {
    functions = { extrct = { memory_megabytes = 1024 } }
  }
  expect_failures = [var.functions]
}
