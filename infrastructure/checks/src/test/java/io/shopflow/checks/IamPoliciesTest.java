package io.shopflow.checks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.shopflow.core.lake.ObjectStore;
import io.shopflow.core.lake.PartMetadata.CleanCounts;
import io.shopflow.core.run.PartId;
import io.shopflow.core.run.RunId;
import io.shopflow.core.run.RunKeys;
import io.shopflow.core.stream.StreamName;
import io.shopflow.core.stream.StreamSchema;
import io.shopflow.laptop.servers.LocalQueues;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * Compares {@code infrastructure/terraform/permissions.json} with the functions' calls to AWS, as
 * the laptop stack records them: no permission is missing or unused.
 */
class IamPoliciesTest {

    private static final Path HOME = Path.of(System.getProperty("shopflow.home"));
    private static final Path PERMISSIONS =
            HOME.resolve("infrastructure/terraform/permissions.json");
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    /**
     * Callers that are not Lambda functions: clients of the stack and of this test, and a container
     * with its own role.
     */
    private static final Set<String> NO_FUNCTIONS = Set.of("shopflow", "any", "dashboard");

    /** Permissions that this run does not use, and why they are granted. */
    private static final Map<String, String> REASONS =
            Map.of(
                    "extract: s3:GetObject on key raw/*.csv",
                    "Only where an invocation ended between writing a part and noting that it did.",
                    "backfill: s3:ListBucket on absent config/sources/*",
                    "./shopflow backfill uploads the configuration first; a direct request to the state machine may name a source that has none.");

    @TempDir Path folder;

    @Test
    void functionsMayDoWhatTheyDoAndNothingElse() throws Exception {
        List<Permission> granted = Permission.granted(PERMISSIONS);
        // Two seconds of work at a time: runs are interrupted and continue after their last part.
        try (LaptopStack stack =
                new LaptopStack(
                        folder.resolve("data"),
                        Map.of(
                                "SHOPFLOW_EXTRACT_TIMEOUT", "60S",
                                "SHOPFLOW_EXTRACT_TIME_MARGIN", "58S"))) {
            writeSources(stack);
            stack.command("up", "--detach", "--port", "0");
            uploadFiles(stack);
            // Rows are quarantined; a request for a source without configuration, and one whose
            // files are missing; one for a source that a run has; parts and manifests that are
            // gone.
            request(stack, "uploaded", "absent", "none", "shop", "shop");
            LocalDate today = LocalDate.now(ZoneOffset.UTC);
            stack.command(
                    "backfill",
                    "--source",
                    "shop",
                    "--from",
                    today.minusDays(2).toString(),
                    "--until",
                    today.minusDays(1).toString());
            announceWhatIsNotThere(stack);

            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (!unused(granted, stack).isEmpty() && System.nanoTime() < deadline) {
                Thread.sleep(200);
            }

            assertThat(missing(granted, stack)).as("calls that no policy allows").isEmpty();
            assertThat(unused(granted, stack)).as("permissions that no call needs").isEmpty();
        }
    }

    @Test
    void whatNoCallCanShowIsNarrowOrHasAReason() throws IOException {
        Permission.statements(PERMISSIONS)
                .forEach(
                        (function, statements) -> {
                            for (JsonNode statement : statements) {
                                assertThat(statement.path("actions"))
                                        .as(function)
                                        .noneMatch(action -> action.asText().contains("*"));
                                if (Permission.unseen(statement) && !statement.has("log_group")) {
                                    assertThat(statement.path("reason").asText())
                                            .as("%s %s", function, statement.path("sid"))
                                            .isNotBlank();
                                }
                            }
                        });
    }

    @Test
    void aReasonIsGivenForWhatIsGrantedOnly() throws IOException {
        assertThat(Permission.granted(PERMISSIONS).stream().map(Permission::toString))
                .containsAll(REASONS.keySet());
    }

    /** A source whose files are in the bucket, and one whose files are not. */
    private static void writeSources(LaptopStack stack) throws IOException {
        Path sources = Files.createDirectories(stack.data().resolve("sources"));
        String mapping = Files.readString(HOME.resolve("sources/generated.yaml"));
        for (String name : List.of("uploaded", "absent")) {
            Files.writeString(
                    sources.resolve(name + ".yaml"),
                    mapping + "\npath: s3://shopflow-data/files/" + name + "/\n");
        }
    }

    private void uploadFiles(LaptopStack stack) throws IOException {
        Path files = folder.resolve("files");
        stack.command(
                "generate",
                "--customers",
                "100",
                "--products",
                "50",
                "--orders",
                "1000",
                "--dirty",
                "5",
                "--out",
                files.toString());
        try (Stream<Path> written = Files.list(files)) {
            for (Path file : written.toList()) {
                stack.lake()
                        .put("files/uploaded/" + file.getFileName(), file, "text/csv", Map.of());
            }
        }
    }

    /** Objects that expired, or whose run left nothing, before their messages were read. */
    private static void announceWhatIsNotThere(LaptopStack stack) {
        String plan =
                stack.lake().list("runs/shop/").stream()
                        .map(ObjectStore.StoredObject::key)
                        .filter(key -> key.endsWith("/plan.json"))
                        .findFirst()
                        .orElseThrow();
        RunId planned = new RunId(plan.split("/")[2]);
        RunId unknown = RunId.create();
        PartId part = new PartId("shop", planned, StreamName.ORDERS, 9_999);
        announce(stack, "raw-events", part.rawKey());
        announce(stack, "raw-events", new PartId("shop", unknown, StreamName.ORDERS, 1).rawKey());
        announce(stack, "clean-events", part.cleanKey());
        announce(stack, "clean-events", RunKeys.manifest("shop", unknown));
        // A part of which rows were rejected, and neither they nor the report are there.
        PartId unexplained = new PartId("shop", unknown, StreamName.ORDERS, 1);
        stack.lake()
                .put(
                        unexplained.cleanKey(),
                        (String.join(",", StreamSchema.of(StreamName.ORDERS).cleanHeader()) + "\n")
                                .getBytes(StandardCharsets.UTF_8),
                        "text/csv",
                        new CleanCounts(1, 0, 0, 1).toMetadata("any"));
    }

    private static void announce(LaptopStack stack, String queue, String key) {
        send(
                stack,
                queue,
                """
                {"Records": [{"eventName": "ObjectCreated:Put", "s3": {
                  "bucket": {"name": "shopflow-data"}, "object": {"key": "%s", "size": 1, "eTag": "any"}}}]}
                """
                        .formatted(URLEncoder.encode(key, StandardCharsets.UTF_8)));
    }

    private static void request(LaptopStack stack, String... sources) {
        send(
                stack,
                "extract-requests",
                Stream.of(sources).map("{\"source\": \"%s\"}"::formatted).toArray(String[]::new));
    }

    private static void send(LaptopStack stack, String queue, String... bodies) {
        URI endpoint = LocalQueues.endpoint(stack.data().resolve("queues"), stack.port("queues"));
        try (SqsClient queues =
                SqsClient.builder()
                        .endpointOverride(endpoint)
                        .region(Region.US_EAST_1)
                        .credentialsProvider(
                                StaticCredentialsProvider.create(
                                        AwsBasicCredentials.create("shopflow", "shopflow")))
                        .build()) {
            for (String body : bodies) {
                queues.sendMessage(
                        message ->
                                message.queueUrl(endpoint + "/000000000000/" + queue)
                                        .messageBody(body));
            }
        }
    }

    private static Set<String> missing(List<Permission> granted, LaptopStack stack)
            throws IOException {
        Set<String> missing = new TreeSet<>();
        for (Permission call : calls(stack)) {
            if (!NO_FUNCTIONS.contains(call.function())
                    && granted.stream().noneMatch(permission -> permission.allows(call))) {
                missing.add(call.toString());
            }
        }
        return missing;
    }

    private static Set<String> unused(List<Permission> granted, LaptopStack stack)
            throws IOException {
        TreeSet<Permission> calls = calls(stack);
        Set<String> unused = new TreeSet<>();
        for (Permission permission : granted) {
            if (calls.stream().noneMatch(permission::allows)
                    && !REASONS.containsKey(permission.toString())) {
                unused.add(permission.toString());
            }
        }
        return unused;
    }

    private static TreeSet<Permission> calls(LaptopStack stack) throws IOException {
        return Permission.recorded(stack.data().resolve("logs/aws-calls.jsonl"));
    }
}
