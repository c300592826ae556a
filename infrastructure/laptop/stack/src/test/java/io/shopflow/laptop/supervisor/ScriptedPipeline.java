package io.shopflow.laptop.supervisor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shopflow.core.lake.ObjectStore;
import io.shopflow.core.lake.PartMetadata;
import io.shopflow.core.run.ExtractRequest;
import io.shopflow.core.run.PartId;
import io.shopflow.core.run.Problem;
import io.shopflow.core.run.RunId;
import io.shopflow.core.run.RunJson;
import io.shopflow.core.run.RunKeys;
import io.shopflow.core.run.RunManifest;
import io.shopflow.core.run.StreamExtract;
import io.shopflow.core.run.StreamExtract.RawPart;
import io.shopflow.core.stream.StreamName;
import io.shopflow.laptop.runtime.ScriptedFunction;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/**
 * The functions in miniature, as processes of the stack: enough of each to take a run through the
 * real queues, bucket and database. The name of a source determines its behaviour.
 */
public final class ScriptedPipeline {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int PARTS = 3;
    private static final int ROWS = 4;
    private static boolean asked;

    private ScriptedPipeline() {}

    /** The process of the function that the argument names. */
    public static void main(String[] arguments) throws Exception {
        switch (arguments[0]) {
            case "migrate" ->
                    ScriptedFunction.serve(
                            event -> {
                                migrate();
                                return "null";
                            });
            case "extract" -> each(ScriptedPipeline::extract);
            case "transform" -> each(body -> objects(body, ScriptedPipeline::transform));
            case "load" -> each(body -> objects(body, ScriptedPipeline::load));
            case "backfill" -> ScriptedFunction.serve(ScriptedPipeline::backfill);
            default -> throw new IllegalArgumentException(arguments[0]);
        }
    }

    private static void each(Consumer<String> handler) throws IOException {
        ScriptedFunction.serve(
                event -> {
                    ObjectNode response = JSON.createObjectNode();
                    ArrayNode failures = response.putArray("batchItemFailures");
                    for (JsonNode message : json(event).path("Records")) {
                        try {
                            handler.accept(message.path("body").asText());
                        } catch (RuntimeException e) {
                            e.printStackTrace();
                            failures.addObject()
                                    .put("itemIdentifier", message.path("messageId").asText());
                        }
                    }
                    return response.toString();
                });
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static void objects(String body, Consumer<String> handler) {
        for (JsonNode created : json(body).path("Records")) {
            handler.accept(
                    URLDecoder.decode(
                            created.at("/s3/object/key").asText(), StandardCharsets.UTF_8));
        }
    }

    private static void migrate() {
        Path migrations =
                Path.of(Objects.requireNonNull(System.getenv("SCRIPT_MIGRATIONS"), "migrations"));
        try (Connection connection = database();
                Statement statement = connection.createStatement();
                ResultSet found =
                        statement.executeQuery(
                                "select 1 where to_regclass('etl.run_ledger') is not null")) {
            if (found.next()) {
                allowLogin(statement);
                return;
            }
            List<Path> files;
            try (Stream<Path> entries = Files.list(migrations)) {
                files =
                        entries.filter(f -> f.getFileName().toString().matches("V.*\\.sql"))
                                .sorted()
                                .toList();
            }
            for (Path file : files) {
                statement.execute(Files.readString(file));
            }
            allowLogin(statement);
        } catch (SQLException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void allowLogin(Statement statement) throws SQLException {
        for (String role : List.of("SHOPFLOW_LOADER_SECRET", "SHOPFLOW_DASHBOARD_SECRET")) {
            JsonNode login = secret(role);
            statement.execute(
                    "alter role %s login password '%s'"
                            .formatted(
                                    login.path("username").asText(),
                                    login.path("password").asText()));
        }
    }

    private static void extract(String body) {
        ExtractRequest request =
                RunJson.read(body.getBytes(StandardCharsets.UTF_8), ExtractRequest.class);
        RunId runId = Objects.requireNonNull(request.runId());
        ObjectStore lake = lake();
        if (request.source().equals("doomed")) {
            lake.put(
                    RunKeys.state(request.source()),
                    "{\"watermarks\":{},\"lease\":{\"runId\":\"%s\",\"expiresAt\":\"2099-01-01T00:00:00Z\"}}"
                            .formatted(runId)
                            .getBytes(StandardCharsets.UTF_8),
                    "application/json",
                    Map.of());
            throw new IllegalStateException("cannot");
        }
        List<RawPart> parts = new ArrayList<>();
        for (int n = 1; n <= PARTS; n++) {
            PartId part = new PartId(request.source(), runId, StreamName.ORDERS, n);
            byte[] rows = "id\n1\n2\n3\n4\n".getBytes(StandardCharsets.UTF_8);
            lake.putIfAbsent(
                    part.rawKey(),
                    rows,
                    "text/csv",
                    Map.of(
                            PartMetadata.ROWS, Integer.toString(ROWS),
                            PartMetadata.PROGRESS, Double.toString((double) n / PARTS)));
            parts.add(new RawPart(n, part.rawKey(), ROWS, "00"));
            if (request.source().equals("slow")) {
                pause(1_000);
            }
        }
        long rows = (long) PARTS * ROWS;
        List<Problem> problems =
                request.source().equals("broken")
                        ? List.of(
                                new Problem(
                                        "orders",
                                        "orders.csv",
                                        7L,
                                        "total",
                                        "file_ragged",
                                        "Row 7 has too few fields."))
                        : List.of();
        RunManifest manifest =
                new RunManifest(
                        request.source(),
                        runId,
                        runId.requestedAt(),
                        Instant.now(),
                        true,
                        List.of(new StreamExtract("orders", rows, rows, null, null, parts)),
                        problems,
                        null,
                        List.of());
        lake.putIfAbsent(
                RunKeys.manifest(request.source(), runId),
                RunJson.write(manifest),
                "application/json",
                Map.of());
        lake.put(
                RunKeys.state(request.source()),
                "{\"watermarks\":{\"orders\":\"2026-01-31T00:00:00Z\"},\"lease\":null}"
                        .getBytes(StandardCharsets.UTF_8),
                "application/json",
                Map.of());
    }

    private static void transform(String key) {
        PartId part = PartId.ofKey(key).orElseThrow();
        if (part.source().equals("hopeless") && part.number() == 2) {
            throw new IllegalStateException("cannot");
        }
        if (part.source().equals("slow")) {
            pause(500);
        }
        ObjectStore lake = lake();
        byte[] raw = lake.read(key).orElseThrow();
        lake.put(
                part.quarantineKey(),
                """
                rule,field,message,_position,_defect,id,total,currency
                number_format,total,The value is not a number.,orders.csv:%d,,%d,"12\u001b[31m$",EUR
                """
                        .formatted(part.number(), part.number())
                        .getBytes(StandardCharsets.UTF_8),
                "text/csv",
                Map.of());
        lake.put(
                part.cleanKey(),
                raw,
                "text/csv",
                new PartMetadata.CleanCounts(ROWS, ROWS - 1, 0, 1).toMetadata("k1"));
    }

    private static void load(String key) {
        try (Connection connection = database()) {
            connection.setAutoCommit(false);
            if (key.endsWith("manifest.json")) {
                RunManifest manifest =
                        RunJson.read(lake().read(key).orElseThrow(), RunManifest.class);
                begin(connection, manifest.runId(), manifest.source());
                for (StreamExtract stream : manifest.streams()) {
                    manifest(connection, manifest, stream);
                }
                for (int n = 0; n < manifest.problems().size(); n++) {
                    Problem problem = manifest.problems().get(n);
                    update(
                            connection,
                            "insert into etl.run_problems (run_id, ordinal, stream, file, line, field, rule, message) values (?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing",
                            manifest.runId().value(),
                            n + 1,
                            problem.stream(),
                            problem.file(),
                            problem.line(),
                            problem.field(),
                            problem.rule(),
                            problem.message());
                }
                close(connection, manifest.runId());
            } else {
                PartId part = PartId.ofKey(key).orElseThrow();
                begin(connection, part.runId(), part.source());
                boolean first = part.source().endsWith("_new");
                update(
                        connection,
                        "insert into etl.part_ledger (run_id, stream, part, source, bucket, object_key, object_version, extracted, inserted, updated, unchanged, duplicate, quarantined, pseudonym_key_id, loaded_at, load_millis) values (?, ?, ?, ?, 'b', ?, 'v', ?, ?, 0, ?, 0, 1, 'k1', now(), 1) on conflict do nothing",
                        part.runId().value(),
                        part.stream().canonicalName(),
                        part.number(),
                        part.source(),
                        key,
                        ROWS,
                        first ? ROWS - 1 : 0,
                        first ? 0 : ROWS - 1);
                update(
                        connection,
                        "insert into etl.part_rejections (run_id, stream, part, rule, field, rows, example, position) values (?, ?, ?, 'number_format', 'total', 1, '12$', ?) on conflict do nothing",
                        part.runId().value(),
                        part.stream().canonicalName(),
                        part.number(),
                        "orders.csv:" + part.number());
                update(
                        connection,
                        "insert into etl.part_warnings (run_id, stream, part, rule, field, rows, example, position) values (?, ?, ?, 'country_unknown', 'ship_country', 2, 'Utopia', ?) on conflict do nothing",
                        part.runId().value(),
                        part.stream().canonicalName(),
                        part.number(),
                        "orders.csv:" + part.number());
                update(
                        connection,
                        "insert into etl.quarantined_rows (source, stream, run_id, part, ordinal, id, rule, field) values (?, ?, ?, ?, 1, ?, 'number_format', 'total') on conflict do nothing",
                        part.source(),
                        part.stream().canonicalName(),
                        part.runId().value(),
                        part.number(),
                        Integer.toString(part.number()));
                close(connection, part.runId());
            }
            connection.commit();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A window for each day; rejects more than ten. Fails at the first request of a process. */
    private static String backfill(String event) {
        if (!asked) {
            asked = true;
            throw new IllegalStateException("not yet");
        }
        try {
            JsonNode question = JSON.readTree(event);
            ObjectNode answer = JSON.createObjectNode();
            switch (question.path("operation").asText()) {
                case "plan" -> plan(question, answer);
                case "progress" -> {
                    answer.put("status", status(question.path("runId").asText()));
                    answer.putObject("rows").put("extracted", PARTS * ROWS);
                    answer.putArray("problems");
                }
                default -> {
                    int complete = 0;
                    ArrayNode reasons = answer.putArray("reasons");
                    for (JsonNode window : question.path("windows")) {
                        String status = status(window.path("runId").asText());
                        if (status.equals("complete")) {
                            complete++;
                        } else {
                            reasons.add(window.path("from").asText() + " is " + status);
                        }
                    }
                    answer.put("windows", question.path("windows").size());
                    answer.put("complete", complete);
                }
            }
            return answer.toString();
        } catch (IOException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static void plan(JsonNode question, ObjectNode answer) {
        LocalDate from = LocalDate.parse(question.path("from").asText());
        LocalDate until = LocalDate.parse(question.path("until").asText());
        boolean accepted = from.plusDays(10).isAfter(until);
        answer.put("accepted", accepted);
        ArrayNode windows = answer.putArray("windows");
        if (!accepted) {
            answer.putArray("reasons").add("too many windows");
            return;
        }
        for (LocalDate day = from; day.isBefore(until); day = day.plusDays(1)) {
            ObjectNode window = windows.addObject();
            window.put("source", question.path("source").asText());
            window.put("from", day.toString()).put("until", day.plusDays(1).toString());
            window.put("runId", RunId.create().value()).put("wholeLists", false);
        }
    }

    private static String status(String runId) {
        try (Connection connection = database();
                PreparedStatement statement =
                        connection.prepareStatement(
                                "select status from etl.runs where run_id = ?")) {
            statement.setString(1, runId);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? row.getString(1) : "unknown";
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void begin(Connection connection, RunId runId, String source)
            throws SQLException {
        update(
                connection,
                "insert into etl.runs (run_id, source, started_at) values (?, ?, now()) on conflict do nothing",
                runId.value(),
                source);
        // Loads of a run are sequential, so that the last one sees all the others.
        update(connection, "select 1 from etl.runs where run_id = ? for update", runId.value());
    }

    private static void manifest(Connection connection, RunManifest manifest, StreamExtract stream)
            throws SQLException {
        update(
                connection,
                "insert into etl.run_streams (run_id, stream, counted, extracted, parts) values (?, ?, ?, ?, ?) on conflict do nothing",
                manifest.runId().value(),
                stream.stream(),
                stream.counted(),
                stream.extracted(),
                stream.parts().size());
        for (RawPart part : stream.parts()) {
            update(
                    connection,
                    "insert into etl.run_parts (run_id, stream, part, raw_key, rows) values (?, ?, ?, ?, ?) on conflict do nothing",
                    manifest.runId().value(),
                    stream.stream(),
                    part.number(),
                    part.key(),
                    part.rows());
        }
        update(
                connection,
                "update etl.runs set extracted_at = now(), full_run = true where run_id = ?",
                manifest.runId().value());
    }

    private static void close(Connection connection, RunId runId) throws SQLException {
        update(
                connection,
                """
                update etl.runs
                set closed_at = now(),
                    status = case
                        when exists (select from etl.run_problems as p where p.run_id = runs.run_id)
                            then 'incomplete'
                        else 'complete'
                    end
                where run_id = ?
                    and closed_at is null
                    and extracted_at is not null
                    and not exists (
                        select from etl.run_ledger as l
                        where l.run_id = runs.run_id and l.missing_parts > 0
                    )
                """,
                runId.value());
    }

    private static void update(Connection connection, String sql, @Nullable Object... values)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int n = 0; n < values.length; n++) {
                statement.setObject(n + 1, values[n]);
            }
            statement.execute();
        }
    }

    private static Connection database() throws SQLException {
        JsonNode login = secret("SHOPFLOW_DATABASE_SECRET");
        return DriverManager.getConnection(
                System.getenv("QUARKUS_DATASOURCE_JDBC_URL"),
                login.path("username").asText(),
                login.path("password").asText());
    }

    private static JsonNode secret(String variable) {
        URI endpoint = URI.create(System.getenv("AWS_ENDPOINT_URL_SECRETS_MANAGER"));
        String body = "{\"SecretId\": \"%s\"}".formatted(System.getenv(variable));
        HttpRequest.Builder builder =
                HttpRequest.newBuilder(endpoint).POST(BodyPublishers.ofString(body));
        signed(endpoint, body)
                .forEach(
                        (name, values) -> {
                            if (!name.equalsIgnoreCase("Host")) {
                                builder.header(name, values.getFirst());
                            }
                        });
        HttpRequest request = builder.build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            JsonNode answer = JSON.readTree(client.send(request, BodyHandlers.ofString()).body());
            return JSON.readTree(answer.path("SecretString").asText());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, List<String>> signed(URI endpoint, String body) {
        return AwsV4HttpSigner.create()
                .sign(
                        sign ->
                                sign.identity(
                                                AwsCredentialsIdentity.create(
                                                        System.getenv("AWS_ACCESS_KEY_ID"),
                                                        System.getenv("AWS_SECRET_ACCESS_KEY")))
                                        .request(
                                                SdkHttpRequest.builder()
                                                        .method(SdkHttpMethod.POST)
                                                        .uri(endpoint)
                                                        .putHeader(
                                                                "X-Amz-Target",
                                                                "secretsmanager.GetSecretValue")
                                                        .build())
                                        .payload(ContentStreamProvider.fromUtf8String(body))
                                        .putProperty(
                                                AwsV4HttpSigner.SERVICE_SIGNING_NAME,
                                                "secretsmanager")
                                        .putProperty(AwsV4HttpSigner.REGION_NAME, "us-east-1"))
                .request()
                .headers();
    }

    private static ObjectStore lake() {
        return LakeClient.connect(
                        URI.create(System.getenv("QUARKUS_S3_ENDPOINT_OVERRIDE")),
                        System.getenv("AWS_SECRET_ACCESS_KEY"))
                .store();
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Writes a home with these functions. */
    public static Path home(Path folder) throws IOException {
        Path repository = Path.of(System.getProperty("shopflow.home"));
        List<String> functions = new ArrayList<>(Deployment.FUNCTIONS);
        functions.add(Deployment.BACKFILL);
        for (String function : functions) {
            Path script = ScriptedFunction.executable(folder, function, ScriptedPipeline.class);
            Files.writeString(
                    script,
                    Files.readString(script)
                            .replace(
                                    "#!/bin/sh\n",
                                    "#!/bin/sh\nexport SCRIPT_MIGRATIONS='%s'\n"
                                            .formatted(repository.resolve("sql/migrations"))));
        }
        Path sources = Files.createDirectories(folder.resolve("sources"));
        for (String source :
                List.of("quiet", "all_new", "broken", "slow", "hopeless", "doomed", "shop")) {
            Files.writeString(sources.resolve(source + ".yaml"), "kind: files\n");
        }
        Files.writeString(folder.resolve("mvnw"), "");
        return folder;
    }
}
