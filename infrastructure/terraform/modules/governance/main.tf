# The lake's tables as Athena, Spark or Redshift Spectrum see them, and how sensitive each column is. Their columns come from
# streams.json, which is made from io.shopflow.core.stream.StreamSchema: `GlueCatalogTest` in infrastructure/checks compares
# the two, and with -Dshopflow.update=true writes the file.

data "aws_caller_identity" "current" {}
data "aws_partition" "current" {}
data "aws_region" "current" {}

locals {
  account   = data.aws_caller_identity.current.account_id
  partition = data.aws_partition.current.partition
  region    = data.aws_region.current.name

  streams = jsondecode(file("${path.module}/streams.json"))

  tables = merge([
    for stream, layers in local.streams : {
      for layer, table in layers : "${layer}_${stream}" => merge(table, { layer = layer, stream = stream })
    }
  ]...)

  # The possible days of parts in raw/. Neither crawler nor added partitions are needed: Athena derives the folders.
  # https://docs.aws.amazon.com/athena/latest/ug/partition-projection.html
  raw_projection = {
    "projection.enabled"      = "true"
    "projection.year.type"    = "integer"
    "projection.year.range"   = "${var.first_year},${var.first_year + 15}"
    "projection.month.type"   = "integer"
    "projection.month.range"  = "1,12"
    "projection.month.digits" = "2"
    "projection.day.type"     = "integer"
    "projection.day.range"    = "1,31"
    "projection.day.digits"   = "2"
  }
}

resource "aws_glue_catalog_database" "lake" {
  name        = replace(var.name, "-", "_")
  description = "ShopFlow's lake: raw rows as the sources gave them, clean rows as they are loaded."
}

resource "aws_glue_catalog_table" "stream" {
  for_each = local.tables

  database_name = aws_glue_catalog_database.lake.name
  name          = each.key
  description   = each.value.layer == "raw" ? "Rows of ${each.value.stream} as the sources gave them" : "Typed, clean, pseudonymised rows of ${each.value.stream}"
  table_type    = "EXTERNAL_TABLE"

  parameters = merge(
    {
      # Glue's parameter for the format, not for the sensitivity, which has a separate parameter.
      "classification"         = "csv"
      "data_classification"    = each.value.classification
      "skip.header.line.count" = "1"
    },
    each.value.layer == "raw" ? merge(local.raw_projection, {
      "storage.location.template" = "s3://${var.bucket_name}/raw/year=$${year}/month=$${month}/day=$${day}/${each.value.stream}/"
    }) : {},
  )

  dynamic "partition_keys" {
    for_each = each.value.layer == "raw" ? ["year", "month", "day"] : []

    content {
      name    = partition_keys.value
      type    = "int"
      comment = "Of the run, in UTC"
    }
  }

  storage_descriptor {
    location      = each.value.layer == "raw" ? "s3://${var.bucket_name}/raw/" : "s3://${var.bucket_name}/clean/${each.value.stream}/"
    input_format  = "org.apache.hadoop.mapred.TextInputFormat"
    output_format = "org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat"

    # Quoted CSV. This reader rejects an empty number, so every column is a string, and its comment names the type to cast to:
    # https://docs.aws.amazon.com/athena/latest/ug/csv-serde.html
    ser_de_info {
      serialization_library = "org.apache.hadoop.hive.serde2.OpenCSVSerde"
      parameters            = { separatorChar = ",", quoteChar = "\"" }
    }

    dynamic "columns" {
      for_each = each.value.columns

      content {
        name       = columns.value.name
        type       = "string"
        comment    = columns.value.comment
        parameters = { data_classification = columns.value.classification }
      }
    }
  }
}
