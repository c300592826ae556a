package io.shopflow.checks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/**
 * The tables of docs/reference/iam.md match infrastructure/terraform/permissions.json, from which
 * Terraform creates the functions' policies.
 */
class IamTableTest {

    private static final Path HOME = RepositoryFiles.HOME;
    private static final MadeTables TABLES =
            new MadeTables(
                    "docs/reference/iam.md",
                    "<!-- of infrastructure/terraform/permissions.json, by IamTableTest -->");

    /** The known properties of a permission; others would be missing in the table. */
    private static final Set<String> KNOWN =
            Set.of(
                    "sid",
                    "actions",
                    "bucket_keys",
                    "bucket_prefixes",
                    "absent_keys",
                    "queues",
                    "secrets",
                    "keys",
                    "via",
                    "log_group",
                    "resources",
                    "reason",
                    "network_interfaces");

    @Test
    void theTablesAreThoseOfThePermissions() throws IOException {
        TABLES.check(tables());
    }

    @Test
    void nothingOfThePermissionsIsLeftOut() throws IOException {
        Set<String> names = new TreeSet<>();
        permissions()
                .forEach(
                        function ->
                                function.forEach(
                                        permission ->
                                                permission
                                                        .fieldNames()
                                                        .forEachRemaining(names::add)));
        assertThat(KNOWN).containsAll(names);
    }

    private static JsonNode permissions() throws IOException {
        return new ObjectMapper()
                .readTree(HOME.resolve("infrastructure/terraform/permissions.json").toFile());
    }

    private static String tables() throws IOException {
        List<String> lines = new ArrayList<>();
        for (Map.Entry<String, JsonNode> function : permissions().properties()) {
            lines.add("## " + function.getKey());
            lines.add("");
            lines.add("| purpose | actions | resources | why not narrower |");
            lines.add("| --- | --- | --- | --- |");
            for (JsonNode permission : function.getValue()) {
                lines.add(
                        "| %s | %s | %s | %s |"
                                .formatted(
                                        words(permission.path("sid").asText()),
                                        code(texts(permission.path("actions"))),
                                        String.join("; ", resources(permission)),
                                        permission.path("reason").asText())
                                .replace("  ", " "));
            }
            lines.add("");
        }
        return String.join("\n", lines).strip();
    }

    private static List<String> resources(JsonNode permission) {
        List<String> resources = new ArrayList<>();
        if (permission.has("bucket_keys")) {
            resources.add("objects " + code(texts(permission.path("bucket_keys"))));
        }
        if (permission.has("bucket_prefixes")) {
            resources.add(
                    "the bucket, prefixes " + code(texts(permission.path("bucket_prefixes"))));
        }
        if (permission.has("absent_keys")) {
            resources.add(
                    "the bucket, prefixes "
                            + code(texts(permission.path("absent_keys")))
                            + " or none");
        }
        if (permission.has("queues")) {
            resources.add("queues " + code(texts(permission.path("queues"))));
        }
        if (permission.has("secrets")) {
            resources.add("secrets " + code(texts(permission.path("secrets"))));
        }
        if (permission.has("keys")) {
            resources.add("keys " + code(texts(permission.path("keys"))));
        }
        if (permission.has("via")) {
            resources.add("by %s only".formatted(code(List.of(permission.path("via").asText()))));
        }
        if (permission.has("log_group")) {
            resources.add("its own log group");
        }
        if (permission.has("resources")) {
            resources.add(code(texts(permission.path("resources"))));
        }
        if (permission.path("network_interfaces").asBoolean()) {
            resources.add("denied to the function's own code");
        }
        return resources;
    }

    private static List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText).toList();
    }

    private static String code(List<String> texts) {
        return texts.stream().map(text -> "`" + text + "`").collect(Collectors.joining(", "));
    }

    /** {@code ReadRawParts} as words. */
    private static String words(String sid) {
        return sid.replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
    }
}
