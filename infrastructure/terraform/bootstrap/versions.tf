terraform {
  required_version = ">= 1.11"
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.100"
    }
  }

  # Its own state stays where it is applied: the bucket for states is what it makes.
}

provider "aws" {
  region = var.region

  default_tags {
    tags = { project = "shopflow", managed-by = "terraform" }
  }
}
