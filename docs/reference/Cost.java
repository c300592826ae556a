import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Computes the tables of cost.md. {@code java docs/reference/Cost.java} prints the three sizes of
 * the page, {@code java docs/reference/Cost.java 5000} the size of a shop with 5,000 orders a day,
 * and {@code java docs/reference/Cost.java environments} those environments that Terraform has
 * variables of. Prices are those of prices.csv.
 */
final class Cost {

    private static final double HOURS = 730;
    private static final double DAYS = 30.4;

    // Measured values; cost.md describes the measurement.
    private static final double RAW_BYTES = 530;
    private static final double CLEAN_BYTES = 510;
    private static final double ARCHIVE_BYTES = 600;
    private static final double WAREHOUSE_BYTES = 1_120;
    private static final double ROWS_PER_ORDER = 4;
    private static final int PART_ROWS = 50_000;

    // Assumptions; cost.md explains them.
    private static final double CUSTOMERS_PER_DAILY_ORDER = 25;
    private static final double PAGE_SECONDS = 0.5;
    private static final double PAGE_ROWS = 100;
    private static final double ROWS_PER_SECOND = 10_000;
    private static final double EXTRACT_GIGABYTES = 0.75;
    private static final double TRANSFORM_GIGABYTES = 0.5;
    private static final double LOAD_GIGABYTES = 0.5;
    private static final int STREAMS = 7;
    private static final double YEARS_IN_WAREHOUSE = 2;
    private static final double RAW_DAYS_STANDARD = 30;
    private static final double RAW_DAYS_INFREQUENT = 60;
    private static final double RAW_DAYS_COLD = 275;
    private static final double ARCHIVE_DAYS_COLD = 364;
    /** Of the warehouse, so much changes in a day and is kept by that day's backup. */
    private static final double CHANGED_IN_A_DAY = 1 / 14.0;

    /** The stack's, and that of the Terraform states, which an account has once. */
    private static final int KMS_KEYS = 2;

    /** To Secrets Manager; a dashboard needs those for images and logs too. */
    private static final int ENDPOINTS_OF_FUNCTIONS = 1;

    private static final int ENDPOINTS_OF_DASHBOARD = 3;
    private static final int SECRETS = 6;
    private static final int METRICS = 95;
    private static final int ALARMED_METRICS = 41;

    /**
     * A shop and what is chosen for it.
     *
     * @param instances of the database: two are Multi-AZ
     * @param backupDays for which the database's backups are kept
     * @param zones in which the endpoints are
     * @param tasks of the dashboard; none is no dashboard
     * @param logsGigabytes of a month, beside those of parts
     */
    private record Size(
            int ordersPerDay,
            String database,
            int instances,
            int backupDays,
            int zones,
            int tasks,
            double vcpus,
            double storageGigabytes,
            double logsGigabytes) {

        static Size of(int ordersPerDay) {
            if (ordersPerDay <= 5_000) {
                return new Size(ordersPerDay, "db.t4g.medium", 1, 7, 2, 1, 0.25, 20, 1);
            }
            if (ordersPerDay <= 50_000) {
                return new Size(ordersPerDay, "db.m7g.large", 2, 30, 3, 2, 0.25, 100, 3);
            }
            return new Size(ordersPerDay, "db.r7g.2xlarge", 2, 30, 3, 2, 0.5, 500, 6);
        }

        /** As its variables are shipped, with a shop that fits. */
        static Size ofEnvironment(String name) throws IOException {
            Path variables = Path.of("infrastructure/terraform/environments", name);
            String text =
                    Files.readString(variables.resolve("terraform.tfvars"))
                            .replaceAll("(?m)^\\s*#.*$", "");
            boolean large = setting(text, "multi_az", "false").equals("true");
            boolean dashboard = setting(text, "dashboard_enabled", "false").equals("true");
            return new Size(
                    large ? 20_000 : 1_000,
                    setting(text, "instance_class", "db.t4g.micro"),
                    large ? 2 : 1,
                    Integer.parseInt(setting(text, "backup_retention_days", "7")),
                    Integer.parseInt(setting(text, "availability_zones", "2")),
                    dashboard ? Integer.parseInt(setting(text, "tasks", "1")) : 0,
                    0.25,
                    Double.parseDouble(setting(text, "storage_gigabytes", "20")),
                    large ? 3 : 1);
        }

        private static String setting(String text, String name, String otherwise) {
            Matcher line =
                    Pattern.compile("(?m)^\\s*" + name + "\\s*=\\s*\"?([^\"\\s]+)").matcher(text);
            return line.find() ? line.group(1) : otherwise;
        }

        boolean dashboard() {
            return tasks > 0;
        }

        double customers() {
            return ordersPerDay * CUSTOMERS_PER_DAILY_ORDER;
        }

        /** Requests of one run: what changed, and all customers. */
        double pages() {
            return (ordersPerDay + customers()) / PAGE_ROWS;
        }

        double rows() {
            return ordersPerDay * ROWS_PER_ORDER + customers();
        }

        double parts() {
            return STREAMS + rows() / PART_ROWS;
        }

        double extractHours() {
            return pages() * PAGE_SECONDS / 3600;
        }

        double warehouseGigabytes() {
            return ordersPerDay * 365 * YEARS_IN_WAREHOUSE * WAREHOUSE_BYTES / 1e9;
        }
    }

    private final Map<String, Double> prices = new HashMap<>();

    private Cost(Path file) throws IOException {
        for (String line : Files.readAllLines(file).stream().skip(1).toList()) {
            String[] fields = line.split(",");
            prices.put(fields[0], Double.valueOf(fields[1]));
        }
    }

    public static void main(String[] arguments) throws IOException {
        Cost cost = new Cost(Path.of("docs/reference/prices.csv"));
        if (arguments.length > 0 && arguments[0].equals("environments")) {
            cost.printEnvironments(List.of("dev", "staging", "prod"));
            return;
        }
        List<Size> sizes = new ArrayList<>();
        for (String orders : arguments) {
            sizes.add(Size.of(Integer.parseInt(orders)));
        }
        if (sizes.isEmpty()) {
            sizes.addAll(List.of(Size.of(1_000), Size.of(20_000), Size.of(300_000)));
        }
        cost.print(sizes);
    }

    private void print(List<Size> sizes) {
        StringBuilder head = new StringBuilder("| orders a day |");
        StringBuilder rule = new StringBuilder("| --- |");
        for (Size size : sizes) {
            head.append(String.format(Locale.ROOT, " %,d |", size.ordersPerDay()));
            rule.append(" ---: |");
        }
        System.out.println(head);
        System.out.println(rule);
        row(sizes, "database", size -> size.database());
        row(sizes, "database: instances", size -> Integer.toString(size.instances()));
        row(sizes, "database: days of backups", size -> Integer.toString(size.backupDays()));
        row(sizes, "dashboard: tasks", size -> Integer.toString(size.tasks()));
        row(sizes, "availability zones", size -> Integer.toString(size.zones()));
        row(sizes, "warehouse after two years, GB", size -> number(size.warehouseGigabytes()));
        row(sizes, "hours of extraction a day", size -> number(size.extractHours()));
        System.out.println();
        System.out.println(head.toString().replace("orders a day", "US$ a month, orders a day"));
        System.out.println(rule);
        Map<String, Part> parts = parts();
        parts.forEach((name, part) -> row(sizes, name, size -> number(part.of(size))));
        row(sizes, "**together**", size -> "**%s**".formatted(number(together(size))));
    }

    private void printEnvironments(List<String> names) throws IOException {
        StringBuilder head = new StringBuilder("| US$ a month |");
        StringBuilder rule = new StringBuilder("| --- |");
        List<Size> sizes = new ArrayList<>();
        for (String name : names) {
            sizes.add(Size.ofEnvironment(name));
            head.append(" `").append(name).append("` |");
            rule.append(" ---: |");
        }
        System.out.println(head + " all three |");
        System.out.println(rule + " ---: |");
        parts().forEach((name, part) -> summed(sizes, name, part, "%s"));
        summed(sizes, "**together**", this::together, "**%s**");
    }

    private static void summed(List<Size> sizes, String name, Part part, String style) {
        StringBuilder line = new StringBuilder("| ").append(name).append(" |");
        double sum = 0;
        for (Size size : sizes) {
            line.append(' ').append(style.formatted(number(part.of(size)))).append(" |");
            sum += part.of(size);
        }
        if (sum == 0) {
            return;
        }
        System.out.println(line + " " + style.formatted(number(sum)) + " |");
    }

    private double together(Size size) {
        return parts().values().stream().mapToDouble(part -> part.of(size)).sum();
    }

    private Map<String, Part> parts() {
        Map<String, Part> parts = new LinkedHashMap<>();
        parts.put("database: instance", this::instance);
        parts.put("database: storage and backups", this::databaseStorage);
        parts.put("dashboard: Fargate", this::fargate);
        parts.put("dashboard: load balancer and its addresses", this::loadBalancer);
        parts.put("network: interface endpoints", this::endpoints);
        parts.put("network: NAT gateway and its address", this::natGateway);
        parts.put("functions: Lambda", this::lambda);
        parts.put("data lake: S3", this::s3);
        parts.put("queues: SQS", this::sqs);
        parts.put("secrets and keys", this::secretsAndKeys);
        parts.put("logs, metrics, alarms, traces", this::monitoring);
        parts.put("image: ECR", size -> size.dashboard() ? price("ecr") : 0);
        return parts;
    }

    private double instance(Size size) {
        return price(size.database()) * HOURS * size.instances();
    }

    private double databaseStorage(Size size) {
        return price("rds-storage") * size.storageGigabytes() * size.instances()
                + price("rds-backup")
                        * size.warehouseGigabytes()
                        * CHANGED_IN_A_DAY
                        * size.backupDays();
    }

    /** Twice as many gigabytes as virtual processors. */
    private double fargate(Size size) {
        return size.tasks()
                * HOURS
                * size.vcpus()
                * (price("fargate-vcpu") + 2 * price("fargate-memory"));
    }

    /** With an address in each zone. */
    private double loadBalancer(Size size) {
        if (!size.dashboard()) {
            return 0;
        }
        double zones = size.zones();
        return HOURS * (price("alb") + 0.1 * price("alb-lcu") + zones * price("public-ipv4"));
    }

    private double endpoints(Size size) {
        int endpoints = ENDPOINTS_OF_FUNCTIONS + (size.dashboard() ? ENDPOINTS_OF_DASHBOARD : 0);
        return endpoints * size.zones() * HOURS * price("interface-endpoint");
    }

    /** One, by which the dashboard reads the load balancer's keys. */
    private double natGateway(Size size) {
        return size.dashboard() ? HOURS * (price("nat-gateway") + price("public-ipv4")) : 0;
    }

    private double lambda(Size size) {
        double work = size.rows() / ROWS_PER_SECOND;
        double gigabyteSeconds =
                size.extractHours() * 3600 * EXTRACT_GIGABYTES
                        + work * TRANSFORM_GIGABYTES
                        + work * LOAD_GIGABYTES;
        return DAYS * gigabyteSeconds * price("lambda-gb-second")
                + invocations(size) / 1e6 * price("lambda-requests");
    }

    private double invocations(Size size) {
        return DAYS * (size.extractHours() * 4 + 2 * size.parts() + 2);
    }

    private double s3(Size size) {
        double orders = size.ordersPerDay();
        double customerBytes = size.customers() * RAW_BYTES / ROWS_PER_ORDER;
        double raw = (orders * RAW_BYTES + customerBytes) / 1e9;
        double archive = (orders * ARCHIVE_BYTES + customerBytes / 4) / 1e9;
        double clean = (orders * CLEAN_BYTES + customerBytes) / 1e9;
        double puts = size.pages() + 4 * size.parts();
        double gets = 4 * size.parts();
        return raw * RAW_DAYS_STANDARD * price("s3-standard")
                + raw * RAW_DAYS_INFREQUENT * price("s3-infrequent")
                + raw * RAW_DAYS_COLD * price("s3-glacier")
                + archive * ARCHIVE_DAYS_COLD * price("s3-glacier")
                + clean * 365 * YEARS_IN_WAREHOUSE * price("s3-standard")
                + DAYS * (puts / 1000 * price("s3-put") + gets / 1000 * price("s3-get"));
    }

    /** Idle pollers send requests, too: five long polls of 20 s for each of three queues. */
    private double sqs(Size size) {
        double polls = 3 * 5 * 3600 * 24 * DAYS / 20;
        double messages = 3 * DAYS * (2 * size.parts() + 2);
        return (polls + messages) / 1e6 * price("sqs-requests");
    }

    private double secretsAndKeys(Size size) {
        double requests = DAYS * (size.pages() * 0.01 + 10 * size.parts());
        return SECRETS * price("secret")
                + KMS_KEYS * price("kms-key")
                + requests / 10_000 * price("kms-requests");
    }

    /** As if each invocation were sampled; Lambda samples less where there are many. */
    private double monitoring(Size size) {
        double logsGigabytes = size.logsGigabytes() + DAYS * size.parts() * 4_000 / 1e9;
        double shareOfHours = Math.min(1, (1 + Math.ceil(size.extractHours())) / 24);
        return logsGigabytes * price("logs-ingested")
                + METRICS * shareOfHours * price("metric")
                + ALARMED_METRICS * price("alarm")
                + invocations(size) / 1e6 * price("traces");
    }

    private double price(String key) {
        Double price = prices.get(key);
        if (price == null) {
            throw new IllegalArgumentException("prices.csv has no " + key);
        }
        return price;
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, value < 10 ? "%.2f" : "%,.0f", value);
    }

    private static void row(List<Size> sizes, String name, Cell cell) {
        StringBuilder line = new StringBuilder("| ").append(name).append(" |");
        sizes.forEach(size -> line.append(' ').append(cell.of(size)).append(" |"));
        System.out.println(line);
    }

    private interface Part {
        double of(Size size);
    }

    private interface Cell {
        String of(Size size);
    }
}
