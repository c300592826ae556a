# Images of the dashboard. A tag never moves, and a deployment names its image by digest.
resource "aws_ecr_repository" "dashboard" {
  name                 = local.name
  image_tag_mutability = "IMMUTABLE"
  force_delete         = !var.deletion_protection

  image_scanning_configuration {
    scan_on_push = true
  }

  encryption_configuration {
    encryption_type = "KMS"
    kms_key         = var.kms_key_arn
  }
}

resource "aws_ecr_lifecycle_policy" "dashboard" {
  repository = aws_ecr_repository.dashboard.name

  policy = jsonencode({
    rules = [
      {
        rulePriority = 1
        description  = "Twenty releases to roll back to"
        # A release counts three times: its index, which has the tag, and an image for each of two architectures.
        selection = { tagStatus = "any", countType = "imageCountMoreThan", countNumber = 60 }
        action    = { type = "expire" }
      }
    ]
  })
}
