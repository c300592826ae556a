package io.shopflow.local.supervisor;

import io.shopflow.core.lake.ObjectStore;
import io.shopflow.core.run.PartId;
import io.shopflow.core.run.RunKeys;
import io.shopflow.local.queues.EventSourceMapping;
import io.shopflow.local.queues.Queues;
import io.shopflow.local.runtime.FunctionSettings;
import io.shopflow.local.servers.LocalQueues.Queue;
import io.shopflow.local.servers.LocalS3.Notification;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What is deployed on a laptop: the functions, the queues between them, the events that join them.
 * In AWS, {@code infrastructure/terraform} says the same.
 */
public final class Deployment {

    /** The data bucket, see {@link ObjectStore}. */
    public static final String BUCKET = "shopflow-data";

    /** The functions in the order of the way of the data. */
    public static final List<String> FUNCTIONS = List.of("extract", "transform", "load", "migrate");

    private static final String PSEUDONYM_KEY_ID = "laptop-1";
    private static final int MAX_RECEIVES = 5;
    private static final Duration TIMEOUT = Duration.ofMinutes(15);
    private static final Map<String, Integer> MEMORY_MEGABYTES =
            Map.of("extract", 768, "transform", 512, "load", 512, "migrate", 512);

    /**
     * Transform computes and never waits, and extract and load run beside it: on two cores a second
     * process would bring nothing but a second time of warming up.
     */
    private static final int TRANSFORMS =
            Math.clamp(Runtime.getRuntime().availableProcessors() - 1, 1, 2);

    private static final Map<String, Integer> CONCURRENCY =
            Map.of("extract", 2, "transform", TRANSFORMS, "load", 2, "migrate", 1);

    /**
     * Variables of the laptop's own AWS and database settings, which functions must not inherit.
     */
    private static final List<String> FOREIGN = List.of("AWS_", "QUARKUS_", "PG", "JAVA_");

    private static final Set<String> HARMLESS =
            Set.of("PATH", "HOME", "TMPDIR", "LANG", "LC_ALL", "USER");

    private final URI queues;
    private final URI s3;
    private final String jdbcUrl;
    private final String databaseUser;
    private final String databasePassword;
    private final String pseudonymKey;
    private final Map<String, String> shop;

    /**
     * A deployment on servers that run.
     *
     * @param shop variables that name the simulated shop; empty where there is none
     */
    Deployment(
            URI queues,
            URI s3,
            String jdbcUrl,
            String databaseUser,
            String databasePassword,
            String pseudonymKey,
            Map<String, String> shop) {
        this.queues = queues;
        this.s3 = s3;
        this.jdbcUrl = jdbcUrl;
        this.databaseUser = databaseUser;
        this.databasePassword = databasePassword;
        this.pseudonymKey = pseudonymKey;
        this.shop = Map.copyOf(shop);
    }

    /** The queues; a message is hidden for six times the function's timeout, as AWS advises. */
    static List<Queue> queues() {
        return Queues.NAMES.stream()
                .map(name -> new Queue(name, TIMEOUT.multipliedBy(6), MAX_RECEIVES))
                .toList();
    }

    /** Which objects tell which queue. */
    static List<Notification> notifications(URI queues) {
        URI raw = Queues.url(queues, Queues.RAW_EVENTS);
        URI clean = Queues.url(queues, Queues.CLEAN_EVENTS);
        return List.of(
                new Notification(PartId.RAW_PREFIX, ".csv", raw),
                new Notification(PartId.CLEAN_PREFIX, ".csv", clean),
                new Notification(RunKeys.RUNS_PREFIX, "manifest.json", clean));
    }

    /** The settings of a function. */
    FunctionSettings function(String name) {
        return new FunctionSettings(
                name,
                MEMORY_MEGABYTES.getOrDefault(name, 512),
                TIMEOUT,
                CONCURRENCY.getOrDefault(name, 1),
                environment(name));
    }

    /** Which function reads which queue. */
    static Map<String, EventSourceMapping.Settings> mappings() {
        return Map.of(
                "extract", mapping(Queues.EXTRACT_REQUESTS, 1, "extract"),
                "transform", mapping(Queues.RAW_EVENTS, 1, "transform"),
                "load", mapping(Queues.CLEAN_EVENTS, 4, "load"));
    }

    private static EventSourceMapping.Settings mapping(String queue, int batch, String function) {
        return new EventSourceMapping.Settings(
                queue, batch, CONCURRENCY.getOrDefault(function, 1), MAX_RECEIVES);
    }

    /** What the dashboard needs to read the warehouse. */
    Map<String, String> dashboard(String role, String password) {
        return Map.of(
                "QUARKUS_DATASOURCE_JDBC_URL",
                jdbcUrl,
                "QUARKUS_DATASOURCE_USERNAME",
                role,
                "QUARKUS_DATASOURCE_PASSWORD",
                password);
    }

    private Map<String, String> environment(String name) {
        // Sources name their credentials as variables, which extract alone may see.
        Map<String, String> variables =
                new HashMap<>(
                        inherited(
                                name.equals("extract")
                                        ? variable -> !isForeign(variable)
                                        : HARMLESS::contains));
        variables.put("SHOPFLOW_BUCKET", BUCKET);
        variables.put("AWS_REGION", "us-east-1");
        variables.put("AWS_DEFAULT_REGION", "us-east-1");
        switch (name) {
            case "extract" -> {
                client(variables, "S3", s3);
                client(variables, "SQS", queues);
                variables.put(
                        "SHOPFLOW_EXTRACT_REQUESTS_QUEUE_URL",
                        Queues.url(queues, Queues.EXTRACT_REQUESTS).toString());
                variables.putAll(shop);
            }
            case "transform" -> {
                client(variables, "S3", s3);
                variables.put("SHOPFLOW_PSEUDONYM_KEY_ID", PSEUDONYM_KEY_ID);
                variables.put("SHOPFLOW_PSEUDONYM_KEY", pseudonymKey);
            }
            case "load" -> {
                client(variables, "S3", s3);
                database(variables);
            }
            case "migrate" -> database(variables);
            default -> throw new IllegalArgumentException("no such function: " + name);
        }
        return variables;
    }

    private static Map<String, String> inherited(Function<String, Boolean> wanted) {
        return System.getenv().entrySet().stream()
                .filter(variable -> wanted.apply(variable.getKey()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static boolean isForeign(String variable) {
        return FOREIGN.stream().anyMatch(variable::startsWith);
    }

    private static void client(Map<String, String> variables, String service, URI endpoint) {
        String prefix = "QUARKUS_" + service + "_";
        variables.put(prefix + "ENDPOINT_OVERRIDE", endpoint.toString());
        if (service.equals("S3")) {
            variables.put(prefix + "PATH_STYLE_ACCESS", "true");
        }
        variables.put(prefix + "AWS_REGION", "us-east-1");
        variables.put(prefix + "AWS_CREDENTIALS_TYPE", "static");
        variables.put(prefix + "AWS_CREDENTIALS_STATIC_PROVIDER_ACCESS_KEY_ID", "shopflow");
        variables.put(prefix + "AWS_CREDENTIALS_STATIC_PROVIDER_SECRET_ACCESS_KEY", "shopflow");
    }

    private void database(Map<String, String> variables) {
        variables.put("QUARKUS_DATASOURCE_JDBC_URL", jdbcUrl);
        variables.put("QUARKUS_DATASOURCE_USERNAME", databaseUser);
        variables.put("QUARKUS_DATASOURCE_PASSWORD", databasePassword);
    }
}
