package io.shopflow.load.notification;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shopflow.core.run.RunJson;
import io.shopflow.core.run.RunKeys;
import java.net.URI;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Writes notifications: as text for mail, and as JSON for chats.
 *
 * @param environment name of the deployment
 * @param dashboard address of its dashboard; empty if there is none
 * @param command the command that runs a source again; {@code {source}} stands for the source's
 *     name
 */
public record NotificationText(String environment, Optional<URI> dashboard, String command) {

    /**
     * SNS accepts fewer than 100 characters: <a
     * href="https://docs.aws.amazon.com/sns/latest/api/API_Publish.html">Publish</a>.
     */
    private static final int MAX_SUBJECT_LENGTH = 99;

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /** Key of the object with a run's notification. */
    static String key(RunNotification closed) {
        return RunKeys.notification(closed.run().source(), closed.run().runId());
    }

    /** The content of that object: the same bytes for the same run and configuration. */
    byte[] json(RunNotification closed) {
        ObjectNode json = JSON.objectNode();
        json.put("runId", closed.run().runId().value());
        json.put("source", closed.run().source());
        json.put("environment", environment);
        json.put("status", closed.status().canonicalName());
        json.put("subject", subject(closed));
        json.put("text", text(closed));
        json.set("chat", chat(closed));
        return RunJson.write(json);
    }

    private String subject(RunNotification closed) {
        String subject =
                "%s %s: %s, run %s (%s)"
                        .formatted(
                                closed.run().source(),
                                closed.run()
                                        .runId()
                                        .requestedAt()
                                        .atZone(ZoneOffset.UTC)
                                        .toLocalDate(),
                                closed.status().canonicalName(),
                                closed.run().runId(),
                                environment);
        return subject.substring(0, Math.min(MAX_SUBJECT_LENGTH, subject.length()));
    }

    private String text(RunNotification closed) {
        List<String> lines = new ArrayList<>();
        lines.add(closed.reason());
        lines.add(
                closed.run().complete()
                        ? closed.advice()
                        : closed.advice() + " " + command(closed));
        addAll(lines, "Ledger", closed.ledgerLines());
        addAll(lines, "Findings", closed.findingLines());
        addAll(lines, "Rejected rows", closed.rejectionLines());
        page(closed).ifPresent(address -> addAll(lines, "The run's page", List.of(address)));
        return String.join("\n", lines) + "\n";
    }

    private static void addAll(List<String> lines, String heading, List<String> added) {
        if (!added.isEmpty()) {
            lines.add("");
            lines.add(heading);
            added.forEach(line -> lines.add("- " + line));
        }
    }

    /**
     * The notification in the form that Amazon Q Developer shows in Slack and Teams: <a
     * href="https://docs.aws.amazon.com/chatbot/latest/adminguide/custom-notifs.html">custom
     * notifications</a>.
     */
    private ObjectNode chat(RunNotification closed) {
        List<String> lines = new ArrayList<>();
        lines.add(closed.reason());
        addAll(lines, "Ledger", closed.ledgerLines());
        addAll(lines, "Findings", closed.findingLines());
        addAll(lines, "Rejected rows", closed.rejectionLines());
        ObjectNode content = JSON.objectNode();
        content.put("textType", "client-markdown");
        content.put("title", subject(closed));
        content.put("description", String.join("\n", lines));
        ArrayNode next = content.putArray("nextSteps");
        next.add(
                closed.run().complete()
                        ? closed.advice()
                        : closed.advice() + " `" + command(closed) + "`");
        page(closed).ifPresent(address -> next.add("The run's page: " + address));
        ObjectNode metadata = JSON.objectNode();
        metadata.put("summary", closed.reason());
        metadata.put("eventType", "run " + closed.status().canonicalName());
        metadata.putObject("additionalContext")
                .put("runId", closed.run().runId().value())
                .put("source", closed.run().source())
                .put("environment", environment);
        ObjectNode chat = JSON.objectNode();
        chat.put("version", "1.0");
        chat.put("source", "custom");
        chat.put("id", closed.run().runId().value());
        chat.set("content", content);
        chat.set("metadata", metadata);
        return chat;
    }

    private String command(RunNotification closed) {
        return command.replace("{source}", closed.run().source());
    }

    private Optional<String> page(RunNotification closed) {
        return dashboard.map(
                address ->
                        address.toString().replaceFirst("/+$", "")
                                + "/runs/"
                                + closed.run().runId());
    }
}
