# The readers. Administrators invite them; they cannot sign up themselves.
resource "aws_cognito_user_pool" "readers" {
  name                     = local.name
  username_attributes      = ["email"]
  auto_verified_attributes = ["email"]
  mfa_configuration        = var.multi_factor
  deletion_protection      = var.deletion_protection ? "ACTIVE" : "INACTIVE"

  username_configuration {
    case_sensitive = false
  }

  admin_create_user_config {
    allow_admin_create_user_only = true
  }

  software_token_mfa_configuration {
    enabled = true
  }

  password_policy {
    minimum_length                   = 12
    require_lowercase                = false
    require_numbers                  = false
    require_symbols                  = false
    require_uppercase                = false
    temporary_password_validity_days = 3
  }

  account_recovery_setting {
    recovery_mechanism {
      name     = "verified_email"
      priority = 1
    }
  }
}

resource "aws_cognito_user_pool_domain" "sign_in" {
  user_pool_id = aws_cognito_user_pool.readers.id
  domain       = var.cognito_domain_prefix
}

# A client with a secret, which load balancers require, since they do not send PKCE. The provider reads the secret back, so it is in
# Terraform's state; the load balancer itself reads it from Cognito. With the secret, and a code that Cognito sent to this domain's
# callback, an attacker would get that reader's tokens, which give access only to this dashboard, through the load balancer. The
# state is encrypted with a separate key, and only the roles that deploy or plan can read it (ASVS 5.0, 13.3.1; bootstrap/main.tf).
# To replace the secret: terraform apply -replace 'module.dashboard[0].aws_cognito_user_pool_client.load_balancer'.
resource "aws_cognito_user_pool_client" "load_balancer" {
  name                                 = local.name
  user_pool_id                         = aws_cognito_user_pool.readers.id
  generate_secret                      = true
  allowed_oauth_flows_user_pool_client = true
  allowed_oauth_flows                  = ["code"]
  allowed_oauth_scopes                 = ["openid"]
  supported_identity_providers         = ["COGNITO"]
  prevent_user_existence_errors        = "ENABLED"
  explicit_auth_flows                  = ["ALLOW_REFRESH_TOKEN_AUTH", "ALLOW_USER_SRP_AUTH"]

  # The address at which the load balancer takes the code.
  callback_urls = ["https://${var.domain_name}/oauth2/idpresponse"]
}
