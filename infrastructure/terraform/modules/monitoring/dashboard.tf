# The CloudWatch dashboard: the state of all alarms, then one graph for each question of an operator.

locals {
  dimensions = {
    source   = { for source in keys(var.sources) : source => { Environment = var.environment, Source = source } }
    function = { for function in keys(var.functions) : function => { Environment = var.environment, Function = function } }
  }

  # Lines for one metric of each source, or of each function. A stat is that of a period.
  per_source = {
    for metric, stat in {
      RunsComplete = "Sum", RunsIncomplete = "Sum", RunDuration = "Maximum", ExtractProblems = "Sum", SourceUnavailable = "Sum",
      RowsCounted  = "Sum", RowsExtracted = "Sum", RowsTransformed = "Sum", RowsQuarantined = "Sum", RowsDuplicate = "Sum",
      RowsInserted = "Sum", RowsUpdated = "Sum", RowsUnchanged = "Sum",
      ExtractRate  = "Average", TransformRate = "Average", LoadRate = "Average", BackfillRuns = "Sum",
      } : metric => [
      for source, dimensions in local.dimensions.source :
      { namespace = "ShopFlow", name = metric, dimensions = dimensions, stat = stat, label = "${source} ${metric}" }
    ]
  }

  per_function = {
    for metric, stat in { MemoryUsed = "Maximum", ColdStart = "Sum", MessagesFailed = "Sum", NotificationsFailed = "Sum" } : metric => [
      for function, dimensions in local.dimensions.function :
      { namespace = "ShopFlow", name = metric, dimensions = dimensions, stat = stat, label = function }
      if contains(local.metrics.ShopFlow[metric].functions, function)
    ]
  }

  per_lambda = {
    for metric, stat in { Duration = "p99", Errors = "Sum", Throttles = "Sum" } : metric => [
      for function, it in var.functions :
      { namespace = "AWS/Lambda", name = metric, dimensions = { FunctionName = it.name }, stat = stat, label = "${function} ${metric}" }
    ]
  }

  per_database = {
    for metric, stat in { CPUUtilization = "Average", DatabaseConnections = "Maximum", FreeStorageSpace = "Minimum", FreeableMemory = "Minimum" } : metric => [
      for it in var.database[*] :
      { namespace = "AWS/RDS", name = metric, dimensions = { DBInstanceIdentifier = it.instance_id }, stat = stat, label = metric }
    ]
  }

  dead_letter_names = merge(
    { for queue, it in var.queues : queue => it.dead_letter_name },
    { for it in var.schedule[*] : "schedule" => it.dead_letter_name },
  )

  # What is shown, from left to right, three to a row. A widget without metrics is left out.
  graphs = [
    for graph in [
      { title = "Runs", period = 3600, metrics = concat(local.per_source.RunsComplete, local.per_source.RunsIncomplete) },
      { title = "Freshness: complete runs in the last 26 hours", view = "singleValue", period = 93600, metrics = local.per_source.RunsComplete },
      { title = "Duration of runs (ms)", period = 3600, metrics = local.per_source.RunDuration },
      { title = "Rows extracted", period = 3600, metrics = concat(local.per_source.RowsCounted, local.per_source.RowsExtracted) },
      { title = "Rows transformed", period = 3600, metrics = concat(local.per_source.RowsTransformed, local.per_source.RowsDuplicate) },
      { title = "Rows loaded", period = 3600, metrics = concat(local.per_source.RowsInserted, local.per_source.RowsUpdated, local.per_source.RowsUnchanged) },
      { title = "Quarantined rows", period = 3600, metrics = local.per_source.RowsQuarantined },
      { title = "Rates (rows a second)", metrics = concat(local.per_source.ExtractRate, local.per_source.TransformRate, local.per_source.LoadRate) },
      { title = "Problems of sources", period = 3600, metrics = concat(local.per_source.ExtractProblems, local.per_source.SourceUnavailable) },
      {
        title = "Age of the queues' oldest messages (s)"
        metrics = [
          for queue, it in var.queues :
          { namespace = "AWS/SQS", name = "ApproximateAgeOfOldestMessage", dimensions = { QueueName = it.name }, stat = "Maximum", label = queue }
        ]
      },
      {
        title = "Dead letters"
        metrics = [
          for queue, name in local.dead_letter_names :
          { namespace = "AWS/SQS", name = "ApproximateNumberOfMessagesVisible", dimensions = { QueueName = name }, stat = "Maximum", label = queue }
        ]
      },
      { title = "Messages that failed and come again", metrics = local.per_function.MessagesFailed },
      { title = "Notifications that could not be sent", period = 3600, metrics = local.per_function.NotificationsFailed },
      { title = "Duration of invocations, p99 (ms)", metrics = local.per_lambda.Duration },
      { title = "Errors and throttles", metrics = concat(local.per_lambda.Errors, local.per_lambda.Throttles) },
      { title = "Memory (MB)", metrics = local.per_function.MemoryUsed },
      { title = "Cold starts", metrics = local.per_function.ColdStart },
      { title = "Database: processors (%)", metrics = local.per_database.CPUUtilization },
      { title = "Database: connections", metrics = local.per_database.DatabaseConnections },
      { title = "Database: free storage and memory (bytes)", metrics = concat(local.per_database.FreeStorageSpace, local.per_database.FreeableMemory) },
      {
        title = "Dashboard: pages and errors"
        metrics = flatten([
          for it in var.dashboard[*] : [
            { namespace = "AWS/ApplicationELB", name = "RequestCount", dimensions = { LoadBalancer = it.load_balancer }, stat = "Sum", label = "requests" },
            { namespace = "AWS/ApplicationELB", name = "HTTPCode_ELB_5XX_Count", dimensions = { LoadBalancer = it.load_balancer }, stat = "Sum", label = "errors of the load balancer" },
            { namespace = "AWS/ApplicationELB", name = "HTTPCode_Target_5XX_Count", dimensions = { LoadBalancer = it.load_balancer, TargetGroup = it.target_group }, stat = "Sum", label = "errors of pages" },
          ]
        ])
      },
      {
        title = "Dashboard: time to a page (s)"
        metrics = flatten([
          for it in var.dashboard[*] : [
            for stat in ["p50", "p99"] :
            { namespace = "AWS/ApplicationELB", name = "TargetResponseTime", dimensions = { LoadBalancer = it.load_balancer, TargetGroup = it.target_group }, stat = stat, label = stat }
          ]
        ])
      },
      {
        title = "Backfill"
        metrics = concat(
          local.per_source.BackfillRuns,
          flatten([
            for it in var.backfill[*] : [
              for name in ["ExecutionsAborted", "ExecutionsFailed", "ExecutionsTimedOut"] :
              { namespace = "AWS/States", name = name, dimensions = { StateMachineArn = it.state_machine_arn }, stat = "Sum", label = name }
            ]
          ])
        )
      },
    ] : merge({ view = "timeSeries", period = 300 }, graph) if length(graph.metrics) > 0
  ]

  columns = 3
  width   = 8
  height  = 6

  alarms_height = 4

  dashboard = {
    widgets = concat(
      [
        {
          type       = "alarm"
          x          = 0
          y          = 0
          width      = local.columns * local.width
          height     = local.alarms_height
          properties = { title = "Alarms", alarms = [for name in sort(keys(local.alarms)) : aws_cloudwatch_metric_alarm.alarm[name].arn] }
        }
      ],
      [
        for position, graph in local.graphs : {
          type   = "metric"
          x      = (position % local.columns) * local.width
          y      = floor(position / local.columns) * local.height + local.alarms_height
          width  = local.width
          height = local.height
          properties = {
            title  = graph.title
            view   = graph.view
            region = local.region
            period = graph.period
            metrics = [
              for line in graph.metrics : concat(
                [line.namespace, line.name],
                flatten([for key, value in line.dimensions : [key, value]]),
                [{ label = line.label, stat = line.stat }],
              )
            ]
          }
        }
      ],
    )
  }
}

resource "aws_cloudwatch_dashboard" "pipeline" {
  dashboard_name = var.name
  dashboard_body = jsonencode(local.dashboard)

  lifecycle {
    precondition {
      condition = alltrue(flatten([
        for graph in local.graphs : [
          for line in graph.metrics :
          contains(local.known_metrics, "${line.namespace} ${line.name} ${join(",", sort(keys(line.dimensions)))}")
        ]
      ]))
      error_message = "A graph names a metric or a combination of dimensions that metrics.json does not list."
    }
  }
}
