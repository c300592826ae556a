package io.shopflow.laptop.supervisor;

import io.shopflow.core.lake.ObjectStore;
import io.shopflow.core.run.PartId;
import io.shopflow.core.run.RunKeys;
import io.shopflow.laptop.callers.AccessKeys;
import io.shopflow.laptop.callers.AwsCalls;
import io.shopflow.laptop.callers.Callers;
import io.shopflow.laptop.files.SecretFile;
import io.shopflow.laptop.folder.DataFolder;
import io.shopflow.laptop.folder.StackRecord.Ports;
import io.shopflow.laptop.queues.EventSourceMapping;
import io.shopflow.laptop.queues.Queues;
import io.shopflow.laptop.runtime.FunctionSettings;
import io.shopflow.laptop.s3.S3Settings.Notification;
import io.shopflow.laptop.servers.LocalPostgres;
import io.shopflow.laptop.servers.LocalQueues;
import io.shopflow.laptop.servers.LocalQueues.Queue;
import io.shopflow.laptop.servers.LocalSecrets;
import io.shopflow.laptop.supervisor.StackSettings.Conditions;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The functions deployed on a laptop, the queues between them, and the events that connect them. In
 * AWS, {@code infrastructure/terraform/modules/stack/functions.tf} has the same settings, except
 * that here an invocation may take longer and fewer run at a time. {@code DeploymentTest} compares
 * the two.
 */
public final class Deployment {

    /** The data bucket, see {@link ObjectStore}. */
    public static final String BUCKET = "shopflow-data";

    /** The functions in the order of the data flow. */
    public static final List<String> FUNCTIONS = List.of("extract", "transform", "load", "migrate");

    /** The access key id of the stack's user, for its commands and {@code shopflow env}. */
    public static final String USER_KEY_ID = "shopflow";

    /** The role that reads the warehouse; migrate creates it. */
    static final String DASHBOARD_ROLE = "shopflow_dashboard";

    /** The function that only a backfill needs: its command starts and ends it. */
    static final String BACKFILL = "backfill";

    private static final String DASHBOARD = "dashboard";

    private static final String PSEUDONYM_KEY_ID = "laptop-1";
    private static final String DATABASE_MASTER_SECRET = "shopflow/database-master";
    private static final String LOADER_SECRET = "shopflow/loader";
    private static final String DASHBOARD_SECRET = "shopflow/dashboard";
    private static final String BI_SECRET = "shopflow/bi";
    private static final String PSEUDONYM_KEY_SECRET = "shopflow/pseudonym-key";
    private static final String SHOP_SECRET = "shopflow/sources/shop";

    /** How long an invocation may take: as long as Lambda allows, since a laptop may be busy. */
    static final Duration TIMEOUT = Duration.ofMinutes(15);

    /**
     * Transform computes and never waits, and extract and load run concurrently: on two cores a
     * second process would only add another warm-up.
     */
    private static final int TRANSFORMS =
            Math.clamp(Runtime.getRuntime().availableProcessors() - 1, 1, 2);

    private static final Map<String, Integer> CONCURRENCY =
            Map.of("extract", 2, "transform", TRANSFORMS, "load", 2, "migrate", 1);

    /**
     * Prefixes of the laptop's own AWS and database variables, which functions must not inherit.
     */
    private static final List<String> FOREIGN = List.of("AWS_", "QUARKUS_", "PG", "JAVA_");

    private static final Set<String> HARMLESS =
            Set.of("PATH", "HOME", "TMPDIR", "LANG", "LC_ALL", "USER");

    private final URI queues;
    private final URI s3;
    private final URI secrets;
    private final String jdbcUrl;
    private final String accessSecret;
    private final Path readableFolders;
    private final Map<String, String> shop;
    private final Optional<URI> dashboard;
    private final Conditions conditions;

    private Deployment(
            DataFolder folder,
            URI queues,
            LocalSecrets secrets,
            Ports ports,
            Map<String, String> shop,
            Optional<URI> dashboard,
            Conditions conditions) {
        this.accessSecret = folder.accessSecret();
        this.readableFolders = folder.readableFolders();
        this.queues = queues;
        this.s3 = conditions.proxies().getOrDefault("S3", StackClients.s3(ports));
        this.secrets = secrets.endpoint();
        URI database = conditions.proxies().get("PostgreSQL");
        this.jdbcUrl =
                LocalPostgres.jdbcUrl(database == null ? ports.postgres() : database.getPort());
        this.shop = Map.copyOf(shop);
        this.dashboard = dashboard;
        this.conditions = conditions;
    }

    /**
     * The deployment on running servers. Stores the functions' secrets, and creates new passwords
     * for the roles of the database, which migrate sets.
     *
     * @param queues address of the queues for functions
     * @param shop variables that name the simulated shop; empty if there is none
     * @param dashboard its address; empty if there is none
     * @param conditions for the functions
     */
    static Deployment of(
            DataFolder folder,
            Ports ports,
            URI queues,
            LocalSecrets secrets,
            Map<String, String> shop,
            Optional<URI> dashboard,
            Conditions conditions) {
        Deployment deployment =
                new Deployment(folder, queues, secrets, ports, shop, dashboard, conditions);
        secrets.put(DATABASE_MASTER_SECRET, login(LocalPostgres.USER, LocalPostgres.PASSWORD));
        secrets.put(LOADER_SECRET, login("shopflow_loader", SecretFile.unsaved()));
        secrets.put(DASHBOARD_SECRET, login(DASHBOARD_ROLE, folder.dashboardPassword()));
        secrets.put(BI_SECRET, login("shopflow_bi", SecretFile.unsaved()));
        secrets.put(
                PSEUDONYM_KEY_SECRET, Map.of("id", PSEUDONYM_KEY_ID, "key", folder.pseudonymKey()));
        secrets.put(SHOP_SECRET, shop);
        return deployment;
    }

    /**
     * {@link #BACKFILL} alone, in a process other than the stack's. As in AWS it reads the
     * warehouse with the dashboard's role.
     */
    static FunctionSettings backfill(DataFolder folder, Ports ports, LocalSecrets secrets) {
        secrets.put(DASHBOARD_SECRET, login(DASHBOARD_ROLE, folder.dashboardPassword()));
        return new Deployment(
                        folder,
                        LocalQueues.endpoint(folder.queues(), ports.queues()),
                        secrets,
                        ports,
                        Map.of(),
                        Optional.empty(),
                        Conditions.normal())
                .function(BACKFILL);
    }

    /** The permitted callers of the stack's servers: each function, and the user. */
    static AccessKeys keys(DataFolder folder) {
        Set<String> ids = new TreeSet<>(FUNCTIONS);
        ids.addAll(List.of(BACKFILL, DASHBOARD, USER_KEY_ID));
        return new AccessKeys(ids, folder.accessSecret());
    }

    /** The same as a rule. */
    static Callers callers(DataFolder folder) {
        return Callers.withKeys(keys(folder));
    }

    private static Map<String, String> login(String user, String password) {
        return Map.of("username", user, "password", password);
    }

    /** The queues. */
    static List<Queue> queues(Conditions conditions) {
        return Queues.NAMES.stream()
                .map(name -> new Queue(name, conditions.visibility(), conditions.maxReceives()))
                .toList();
    }

    /** The objects whose creation sends an event, and its queue. */
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
        Map<String, String> variables = environment(name);
        variables.putAll(conditions.variables());
        return new FunctionSettings(
                name, memoryMegabytes(name), TIMEOUT, concurrency(name, conditions), variables);
    }

    /** The most memory that a process of a function may use. */
    static int memoryMegabytes(String function) {
        return function.equals("extract") ? 768 : 512;
    }

    /** The queue that each function reads. */
    static Map<String, EventSourceMapping.Settings> mappings(Conditions conditions) {
        return Map.of(
                "extract", mapping(Queues.EXTRACT_REQUESTS, 1, "extract", conditions),
                "transform", mapping(Queues.RAW_EVENTS, 1, "transform", conditions),
                "load", mapping(Queues.CLEAN_EVENTS, 4, "load", conditions));
    }

    private static EventSourceMapping.Settings mapping(
            String queue, int batch, String function, Conditions conditions) {
        return new EventSourceMapping.Settings(
                queue,
                batch,
                concurrency(function, conditions),
                conditions.maxReceives(),
                conditions.visibility());
    }

    private static int concurrency(String function, Conditions conditions) {
        return function.equals("migrate")
                ? 1
                : conditions.concurrency().orElse(CONCURRENCY.getOrDefault(function, 1));
    }

    /** The dashboard's settings for reading the warehouse. */
    Map<String, String> dashboard() {
        Map<String, String> variables = new HashMap<>(identity(DASHBOARD));
        database(variables, DASHBOARD_SECRET);
        variables.put("SHOPFLOW_DASHBOARD_HOSTS", "localhost,127.0.0.1");
        return variables;
    }

    private Map<String, String> environment(String name) {
        // Sources refer to their credentials as variables, which only extract may see.
        Map<String, String> variables =
                new HashMap<>(
                        inherited(
                                name.equals("extract")
                                        ? variable -> !isForeign(variable)
                                        : variable ->
                                                HARMLESS.contains(variable)
                                                        || isSettingOf(name, variable)));
        variables.put("SHOPFLOW_ENVIRONMENT", "laptop");
        variables.putAll(identity(name));
        switch (name) {
            case "extract" -> {
                s3(variables);
                variables.put("QUARKUS_SQS_ENDPOINT_OVERRIDE", queues.toString());
                variables.put(
                        "SHOPFLOW_EXTRACT_REQUESTS_QUEUE_URL",
                        Queues.url(queues, Queues.EXTRACT_REQUESTS).toString());
                variables.put("SHOPFLOW_EXTRACT_FOLDERS", readableFolders.toString());
                // The user of a laptop sees at once that a source is unavailable.
                variables.put("SHOPFLOW_EXTRACT_RETRIES", "0");
                // The simulated shop is on this computer, and whoever repairs a shop runs it again
                // at once. For a shop elsewhere, set the cloud's values before ./shopflow up.
                variables.putIfAbsent("SHOPFLOW_EXTRACT_REQUESTS_PER_MINUTE", "100000");
                variables.putIfAbsent("SHOPFLOW_EXTRACT_HOST_PAUSE", "0S");
                if (!shop.isEmpty()) {
                    // The stack's own shop overrides the laptop's variables.
                    variables.keySet().removeAll(shop.keySet());
                    variables.put("SHOPFLOW_SOURCE_SECRETS", SHOP_SECRET);
                }
            }
            case "transform" -> {
                s3(variables);
                variables.put("SHOPFLOW_PSEUDONYM_KEY_SECRET", PSEUDONYM_KEY_SECRET);
            }
            case "load" -> {
                s3(variables);
                database(variables, LOADER_SECRET);
                dashboard.ifPresent(
                        address ->
                                variables.putIfAbsent(
                                        "SHOPFLOW_LOAD_DASHBOARD_URL", address.toString()));
            }
            case BACKFILL -> {
                s3(variables);
                database(variables, DASHBOARD_SECRET);
            }
            case "migrate" -> {
                database(variables, DATABASE_MASTER_SECRET);
                variables.put("SHOPFLOW_LOADER_SECRET", LOADER_SECRET);
                variables.put("SHOPFLOW_DASHBOARD_SECRET", DASHBOARD_SECRET);
                variables.put("SHOPFLOW_BI_SECRET", BI_SECRET);
            }
            default -> throw new IllegalArgumentException("no such function: " + name);
        }
        return variables;
    }

    /** The environment variables of extract to which sources can refer, by name. */
    public static Map<String, String> variablesOfSources() {
        Map<String, String> variables = new HashMap<>(inherited(variable -> !isForeign(variable)));
        variables.put("SHOPFLOW_BUCKET", BUCKET);
        return variables;
    }

    private static Map<String, String> inherited(Function<String, Boolean> wanted) {
        return System.getenv().entrySet().stream()
                .filter(variable -> wanted.apply(variable.getKey()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static boolean isSettingOf(String function, String variable) {
        return variable.startsWith("SHOPFLOW_%s_".formatted(function.toUpperCase(Locale.ROOT)));
    }

    private static boolean isForeign(String variable) {
        return FOREIGN.stream().anyMatch(variable::startsWith);
    }

    /**
     * Credentials and addresses for AWS calls: in Lambda the role's credentials are in the same
     * variables. Each function has its own key id, by which {@link AwsCalls} identifies it.
     */
    private Map<String, String> identity(String name) {
        return Map.of(
                "AWS_ACCESS_KEY_ID",
                name,
                "AWS_SECRET_ACCESS_KEY",
                accessSecret,
                "AWS_REGION",
                "us-east-1",
                "AWS_DEFAULT_REGION",
                "us-east-1",
                "AWS_ENDPOINT_URL_SECRETS_MANAGER",
                secrets.toString());
    }

    private void s3(Map<String, String> variables) {
        variables.put("SHOPFLOW_BUCKET", BUCKET);
        variables.put("QUARKUS_S3_ENDPOINT_OVERRIDE", s3.toString());
        variables.put("QUARKUS_S3_PATH_STYLE_ACCESS", "true");
    }

    private void database(Map<String, String> variables, String secret) {
        variables.put("QUARKUS_DATASOURCE_JDBC_URL", jdbcUrl);
        variables.put("SHOPFLOW_DATABASE_SECRET", secret);
    }
}
