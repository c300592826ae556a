terraform {
  required_version = ">= 1.11"
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.100"
    }
  }

  # Which bucket and which key: environments/<environment>/backend.hcl.
  backend "s3" {}
}
