terraform {
  required_version = ">= 1.11"
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.100"

      # The same provider under another name, because Terraform's tests cannot mock ephemeral resources.
      configuration_aliases = [aws.ephemeral]
    }
  }
}
