package io.shopflow.checks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.shopflow.lambda.metrics.Dimension;
import io.shopflow.lambda.metrics.FunctionName;
import io.shopflow.lambda.metrics.Metric;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Alarms and graphs are of metrics that exist, and each alarm has its entry in the runbook.
 *
 * <p>That Terraform names no metric beyond {@code metrics.json} is a precondition of the alarms and
 * of the CloudWatch dashboard themselves; here the file is compared with the code, and the sources
 * are searched for names that bypass it.
 */
class MonitoringTest {

    private static final Path HOME = Path.of(System.getProperty("shopflow.home"));
    private static final Path MONITORING =
            HOME.resolve("infrastructure/terraform/modules/monitoring");
    private static final Path RUNBOOK = HOME.resolve("docs/how-to/runbook.md");

    /**
     * Metrics of AWS itself: <a
     * href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/aws-services-cloudwatch-metrics.html">by
     * service</a>.
     */
    private static final Map<String, Map<String, Set<String>>> OF_AWS =
            Map.of(
                    "AWS/ApplicationELB",
                    Map.of(
                            "HTTPCode_ELB_5XX_Count", Set.of("LoadBalancer"),
                            "HTTPCode_Target_5XX_Count", Set.of("LoadBalancer", "TargetGroup"),
                            "HealthyHostCount", Set.of("LoadBalancer", "TargetGroup"),
                            "RequestCount", Set.of("LoadBalancer"),
                            "TargetResponseTime", Set.of("LoadBalancer", "TargetGroup")),
                    "AWS/Events",
                    Map.of("FailedInvocations", Set.of("RuleName")),
                    "AWS/Lambda",
                    Map.of(
                            "Duration", Set.of("FunctionName"),
                            "Errors", Set.of("FunctionName"),
                            "Throttles", Set.of("FunctionName")),
                    "AWS/RDS",
                    Map.of(
                            "CPUUtilization", Set.of("DBInstanceIdentifier"),
                            "DatabaseConnections", Set.of("DBInstanceIdentifier"),
                            "FreeStorageSpace", Set.of("DBInstanceIdentifier"),
                            "FreeableMemory", Set.of("DBInstanceIdentifier")),
                    "AWS/SQS",
                    Map.of(
                            "ApproximateAgeOfOldestMessage", Set.of("QueueName"),
                            "ApproximateNumberOfMessagesVisible", Set.of("QueueName")),
                    "AWS/States",
                    Map.of(
                            "ExecutionsAborted", Set.of("StateMachineArn"),
                            "ExecutionsFailed", Set.of("StateMachineArn"),
                            "ExecutionsTimedOut", Set.of("StateMachineArn")));

    private static final Pattern LITERAL_METRIC_NAME =
            Pattern.compile("\\bmetric_name\\s*=\\s*\"[^\"]*\"");

    /** A metric as alarms and single graphs name it. */
    private static final Pattern NAMED_METRIC =
            Pattern.compile(
                    "namespace\\s*=\\s*\"(?<namespace>[^\"]+)\",\\s*name\\s*=\\s*\"(?<name>[^\"]+)\","
                            + "\\s*dimensions\\s*=\\s*(?<dimensions>\\{[^}]*}|[a-z_.]+)");

    /** A metric of the lists in which graphs name several: {@code RowsExtracted = "Sum"}. */
    private static final Pattern LISTED_METRIC =
            Pattern.compile(
                    "\\b(?<name>[A-Z][A-Za-z]+)\\s*=\\s*\"(?:Sum|Average|Maximum|Minimum|p99)\"");

    /** The key of an alarm: {@code "queue-age-${queue}" =>} or {@code database-cpu = {}. */
    private static final Pattern ALARM =
            Pattern.compile(
                    "\"(?<each>[a-z-]+-\\$\\{[a-z]+})\"\\s*=>|^\\s*(?<one>[a-z]+(?:-[a-z]+)+)\\s*=\\s*\\{",
                    Pattern.MULTILINE);

    private static final Pattern BUDGET = Pattern.compile("\\$\\{var\\.name}-(cost-[a-z]+)\"");

    private static final Pattern HEADING =
            Pattern.compile(
                    "^#{2,4} `?(?<name>[a-z]+(?:-[a-z]+)*-(?:[a-z]+|<[a-z]+>))`?\\s*$",
                    Pattern.MULTILINE);

    /** The entry of a metric in metrics.json. */
    private record Known(String unit, Set<Set<String>> dimensions, Set<String> functions) {}

    @Test
    void whatTerraformKnowsOfOurMetricsIsWhatTheCodeWrites() throws IOException {
        Map<String, Known> written = new TreeMap<>();
        for (Metric metric : Metric.values()) {
            written.put(
                    metric.metricName(),
                    new Known(
                            metric.unit().metricName(),
                            metric.dimensionSets().stream()
                                    .map(
                                            set ->
                                                    set.stream()
                                                            .map(Dimension::metricName)
                                                            .collect(Collectors.toSet()))
                                    .collect(Collectors.toSet()),
                            metric.functions().stream()
                                    .map(FunctionName::canonicalName)
                                    .collect(Collectors.toSet())));
        }
        assertThat(known("ShopFlow")).isEqualTo(written);
    }

    @Test
    void whatTerraformKnowsOfTheMetricsOfAwsIsOnTheList() throws IOException {
        Set<String> namespaces = new TreeSet<>();
        catalogue().fieldNames().forEachRemaining(namespaces::add);
        namespaces.remove("ShopFlow");
        assertThat(namespaces).isEqualTo(OF_AWS.keySet());
        for (String namespace : namespaces) {
            Map<String, Set<Set<String>>> dimensions = new TreeMap<>();
            known(namespace).forEach((name, known) -> dimensions.put(name, known.dimensions()));
            Map<String, Set<Set<String>>> listed = new TreeMap<>();
            OF_AWS.get(namespace).forEach((name, set) -> listed.put(name, Set.of(set)));
            assertThat(dimensions).as(namespace).isEqualTo(listed);
        }
    }

    @Test
    void noAlarmAndNoGraphNamesAMetricThatIsNotKnown() throws IOException {
        Set<String> known = new TreeSet<>();
        for (Metric metric : Metric.values()) {
            known.add("ShopFlow " + metric.metricName());
        }
        OF_AWS.forEach(
                (namespace, metrics) ->
                        metrics.keySet().forEach(name -> known.add(namespace + " " + name)));
        Set<String> named =
                NAMED_METRIC
                        .matcher(source("alarms.tf") + source("dashboard.tf"))
                        .results()
                        .map(found -> found.group(1) + " " + found.group(2))
                        .collect(Collectors.toCollection(TreeSet::new));
        assertThat(named).hasSizeGreaterThan(15).isSubsetOf(known);
        Set<String> knownNames =
                known.stream()
                        .map(metric -> metric.substring(metric.indexOf(' ') + 1))
                        .collect(Collectors.toSet());
        assertThat(listed()).hasSizeGreaterThan(20).isSubsetOf(knownNames);
    }

    /** Every metric is used by an alarm or a graph. */
    @Test
    void everyMetricThatTheCodeWritesIsShown() throws IOException {
        assertThat(listed())
                .containsAll(Arrays.stream(Metric.values()).map(Metric::metricName).toList());
    }

    @Test
    void noMetricGoesAroundTheList() throws IOException {
        try (Stream<Path> files = Files.walk(HOME.resolve("infrastructure/terraform"))) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".tf"))
                            .filter(path -> !path.toString().contains("/.terraform/"))
                            .toList()) {
                if (file.endsWith("modules/dashboard/web-firewall.tf")) {
                    // WAF's names of its own metrics, which have no alarm.
                    continue;
                }
                assertThat(LITERAL_METRIC_NAME.matcher(Files.readString(file)).results())
                        .as(file.toString())
                        .extracting(MatchResult::group)
                        .isEmpty();
            }
        }
    }

    @Test
    void theRunbookHasAnEntryForEachAlarmAndNoOther() throws IOException {
        Set<String> alarms =
                ALARM.matcher(source("alarms.tf"))
                        .results()
                        .map(found -> found.group(1) == null ? found.group(2) : found.group(1))
                        .map(name -> name.replaceAll("\\$\\{([a-z]+)}", "<$1>"))
                        .collect(Collectors.toCollection(TreeSet::new));
        BUDGET.matcher(source("budget.tf")).results().forEach(found -> alarms.add(found.group(1)));
        Set<String> entries =
                HEADING.matcher(Files.readString(RUNBOOK))
                        .results()
                        .map(found -> found.group(1))
                        .collect(Collectors.toCollection(TreeSet::new));
        assertThat(alarms).hasSize(20);
        assertThat(entries).isEqualTo(alarms);
    }

    private static Set<String> listed() throws IOException {
        return LISTED_METRIC
                .matcher(source("dashboard.tf"))
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String source(String name) throws IOException {
        return Files.readString(MONITORING.resolve(name));
    }

    private static JsonNode catalogue() throws IOException {
        return new ObjectMapper().readTree(MONITORING.resolve("metrics.json").toFile());
    }

    private static Map<String, Known> known(String namespace) throws IOException {
        Map<String, Known> metrics = new TreeMap<>();
        for (Map.Entry<String, JsonNode> metric : catalogue().get(namespace).properties()) {
            Set<Set<String>> dimensions = new HashSet<>();
            metric.getValue().get("dimensions").forEach(set -> dimensions.add(texts(set)));
            metrics.put(
                    metric.getKey(),
                    new Known(
                            metric.getValue().get("unit").asText(),
                            dimensions,
                            texts(metric.getValue().path("functions"))));
        }
        return metrics;
    }

    private static Set<String> texts(JsonNode array) {
        Set<String> texts = new HashSet<>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }
}
