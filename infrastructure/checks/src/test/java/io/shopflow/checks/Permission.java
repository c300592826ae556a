package io.shopflow.checks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * One action of one function on one kind of resource: permitted, with asterisks for any text, or
 * recorded.
 *
 * @param kind what {@code resource} names: a key, prefix, absent key, queue, secret, or a KMS key
 *     behind a service
 */
record Permission(String function, String action, String kind, String resource) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** How {@code permissions.json} calls the kinds. */
    private static final Map<String, String> KINDS =
            Map.of(
                    "bucket_keys", "key",
                    "bucket_prefixes", "prefix",
                    "absent_keys", "absent",
                    "queues", "queue",
                    "secrets", "secret",
                    "keys", "kms");

    /** Whether this permission allows a call. */
    boolean allows(Permission call) {
        return function.equals(call.function)
                && action.equals(call.action)
                && kind.equals(call.kind)
                && Pattern.matches(Pattern.quote(resource).replace("*", "\\E.*\\Q"), call.resource);
    }

    /**
     * Terraform's grants to functions, without those that no recorded call can use: see {@link
     * #unseen}.
     */
    static List<Permission> granted(Path file) throws IOException {
        List<Permission> granted = new ArrayList<>();
        statements(file)
                .forEach(
                        (function, statements) ->
                                statements.stream()
                                        .filter(statement -> !unseen(statement))
                                        .forEach(
                                                statement ->
                                                        granted.addAll(of(function, statement))));
        return granted;
    }

    /** The statements of each function. */
    static Map<String, List<JsonNode>> statements(Path file) throws IOException {
        Map<String, List<JsonNode>> statements = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> function : JSON.readTree(file.toFile()).properties()) {
            List<JsonNode> list = new ArrayList<>();
            function.getValue().forEach(list::add);
            statements.put(function.getKey(), list);
        }
        return statements;
    }

    /**
     * Calls by Lambda itself in the role's name: log lines, traces by its daemon, and the network
     * interfaces of a function inside a network.
     */
    static boolean unseen(JsonNode statement) {
        return statement.has("log_group")
                || statement.has("network_interfaces")
                || statement.path("actions").path(0).asText().startsWith("xray:");
    }

    private static List<Permission> of(String function, JsonNode statement) {
        List<Permission> permissions = new ArrayList<>();
        for (JsonNode action : statement.path("actions")) {
            KINDS.forEach(
                    (name, kind) ->
                            statement
                                    .path(name)
                                    .forEach(
                                            resource ->
                                                    permissions.add(
                                                            new Permission(
                                                                    function,
                                                                    action.asText(),
                                                                    kind,
                                                                    resource.asText()
                                                                            + via(statement)))));
        }
        if (permissions.isEmpty()) {
            throw new AssertionError("a resource that this test does not handle: " + statement);
        }
        return permissions;
    }

    private static String via(JsonNode statement) {
        return statement.has("via") ? " via " + statement.path("via").asText() : "";
    }

    /** The calls that a stack recorded, with AWS's KMS calls for each of them. */
    static TreeSet<Permission> recorded(Path file) throws IOException {
        TreeSet<Permission> calls =
                new TreeSet<>(java.util.Comparator.comparing(Permission::toString));
        for (String line : Files.readAllLines(file)) {
            JsonNode call = JSON.readTree(line);
            Permission seen =
                    of(
                            call.path("function").asText(),
                            call.path("action").asText(),
                            call.path("resource").asText());
            calls.add(seen);
            calls.addAll(seen.keyUses());
        }
        return calls;
    }

    private static Permission of(String function, String action, String resource) {
        if (action.startsWith("sqs:")) {
            return new Permission(function, action, "queue", resource);
        }
        if (action.startsWith("secretsmanager:")) {
            // shopflow/pseudonym-key, shopflow/sources/shop: one folder of secrets per source.
            String name = resource.replace("shopflow/", "").replace('-', '_');
            return new Permission(function, action, "secret", name.replaceAll("/.*", ""));
        }
        if (resource.startsWith("absent:")) {
            return new Permission(function, action, "absent", resource.substring(7));
        }
        return new Permission(
                function, action, action.equals("s3:ListBucket") ? "prefix" : "key", resource);
    }

    /**
     * Uses of our key by S3, SQS and Secrets Manager in the caller's name. See <a
     * href="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-key-management.html">SQS</a>
     * and <a
     * href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html">S3</a>.
     */
    private List<Permission> keyUses() {
        return switch (action) {
            case "s3:GetObject" -> List.of(keyUse("Decrypt", "s3"));
            case "s3:PutObject" -> List.of(keyUse("GenerateDataKey", "s3"));
            case "sqs:ReceiveMessage" -> List.of(keyUse("Decrypt", "sqs"));
            case "sqs:SendMessage" ->
                    List.of(keyUse("Decrypt", "sqs"), keyUse("GenerateDataKey", "sqs"));
            case "secretsmanager:GetSecretValue" -> List.of(keyUse("Decrypt", "secretsmanager"));
            default -> List.of();
        };
    }

    private Permission keyUse(String operation, String service) {
        return new Permission(function, "kms:" + operation, "kms", "data via " + service);
    }

    @Override
    public String toString() {
        return "%s: %s on %s %s".formatted(function, action, kind, resource);
    }
}
