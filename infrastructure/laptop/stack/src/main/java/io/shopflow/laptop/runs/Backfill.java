package io.shopflow.laptop.runs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shopflow.core.run.ExtractRequest;
import io.shopflow.core.run.RunId;
import io.shopflow.core.text.Counted;
import io.shopflow.laptop.files.StackException;
import io.shopflow.laptop.queues.FailureJournal;
import io.shopflow.ledger.RunStatus;
import io.shopflow.ledger.StreamLedger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs a backfill: plans the windows, requests and follows their runs, and verifies them, like the
 * state machine of {@code infrastructure/terraform/modules/backfill} in AWS. Unlike there, a window
 * whose run is incomplete is not requested again: the user sees it at once.
 */
public final class Backfill {

    /** More would only wait in the queue: extract handles two at a time here. */
    private static final int AT_A_TIME = 4;

    /** The status of a run without loaded rows. */
    private static final String UNKNOWN = "unknown";

    private static final Duration LOOK = Duration.ofMillis(300);

    private final BackfillClient function;
    private final RunRequests requests;
    private final RunDatabase database;
    private final FailureJournal failures;
    private final BooleanSupplier stackIsUp;

    /**
     * Backfills of one stack.
     *
     * @param stackIsUp whether to keep waiting
     */
    public Backfill(
            BackfillClient function,
            RunRequests requests,
            RunDatabase database,
            FailureJournal failures,
            BooleanSupplier stackIsUp) {
        this.function = function;
        this.requests = requests;
        this.database = database;
        this.failures = failures;
        this.stackIsUp = stackIsUp;
    }

    private record Window(
            String source, LocalDate from, LocalDate until, RunId runId, boolean wholeLists) {

        static Window of(JsonNode json) {
            return new Window(
                    json.path("source").asText(),
                    LocalDate.parse(json.path("from").asText()),
                    LocalDate.parse(json.path("until").asText()),
                    new RunId(json.path("runId").asText()),
                    json.path("wholeLists").asBoolean());
        }
    }

    /**
     * Reads the changes of these days again, and waits until they are loaded.
     *
     * @param from first day, in the shop's zone
     * @param until the day after the last one
     * @throws StackException if the function rejects the request
     */
    public BackfillOutcome run(
            String source, LocalDate from, LocalDate until, int windowDays, Screen screen)
            throws InterruptedException {
        JsonNode plan = function.invoke(planning(source, from, until, windowDays));
        if (!plan.path("accepted").asBoolean()) {
            throw new StackException(String.join(System.lineSeparator(), texts(plan, "reasons")));
        }
        List<Window> windows = new ArrayList<>();
        plan.path("windows").forEach(window -> windows.add(Window.of(window)));
        screen.line(
                "Backfill of %s from %s until %s: %s"
                        .formatted(source, from, until, Counted.of(windows.size(), "window")));
        follow(windows, screen);
        return outcome(plan, windows);
    }

    private void follow(List<Window> windows, Screen screen) throws InterruptedException {
        Deque<Window> waiting = new ArrayDeque<>(windows);
        List<Window> running = new ArrayList<>();
        int through = 0;
        while (!waiting.isEmpty() || !running.isEmpty()) {
            if (!stackIsUp.getAsBoolean()) {
                throw new StackException(
                        "The stack stopped before the backfill ended. Start it with ./shopflow up: the requested windows continue. Then run the backfill of the same days again.");
            }
            while (!waiting.isEmpty() && running.size() < AT_A_TIME) {
                Window next = waiting.removeFirst();
                requests.submit(
                        ExtractRequest.ofWindow(
                                next.source(),
                                next.runId(),
                                next.from(),
                                next.until(),
                                next.wholeLists()));
                running.add(next);
            }
            for (Iterator<Window> each = running.iterator(); each.hasNext(); ) {
                Window window = each.next();
                String end = end(window);
                if (end != null) {
                    each.remove();
                    through++;
                    screen.line(
                            "  %d/%d  %s until %s: %s"
                                    .formatted(
                                            through,
                                            windows.size(),
                                            window.from(),
                                            window.until(),
                                            end));
                }
            }
            if (!running.isEmpty()) {
                Thread.sleep(LOOK);
            }
        }
    }

    /** The status at the end of a window's run; null if it has not ended. */
    private @Nullable String end(Window window) throws InterruptedException {
        ObjectNode request = request("progress");
        request.put("source", window.source()).put("runId", window.runId().value());
        JsonNode progress = function.invoke(request);
        String status = progress.path("status").asText();
        if (!status.equals(UNKNOWN) && RunStatus.ofCanonicalName(status).closed()) {
            requests.forget(window.runId());
            List<String> problems = texts(progress, "problems");
            return "%s, %s%s"
                    .formatted(
                            status,
                            Counted.of(progress.path("rows").path("extracted").asLong(), "row"),
                            problems.isEmpty() ? "" : " (" + String.join(", ", problems) + ")");
        }
        return failures.givenUp(window.runId()).isEmpty()
                ? null
                : "given up; ./shopflow status shows the reason";
    }

    private BackfillOutcome outcome(JsonNode plan, List<Window> windows)
            throws InterruptedException {
        ObjectNode request = request("verify");
        request.set("windows", plan.path("windows"));
        JsonNode verified = function.invoke(request);
        List<RunId> runs = windows.stream().map(Window::runId).toList();
        Map<String, StreamLedger> ledger = new TreeMap<>();
        database.read(reader -> reader.streams(runs))
                .forEach(stream -> ledger.merge(stream.stream(), stream, StreamLedger::plus));
        return new BackfillOutcome(
                List.copyOf(ledger.values()),
                texts(verified, "reasons"),
                verified.path("windows").asInt(),
                verified.path("complete").asInt());
    }

    private static ObjectNode planning(
            String source, LocalDate from, LocalDate until, int windowDays) {
        ObjectNode request = request("plan");
        request.putObject("execution")
                .put("name", RunId.create().value())
                .put("startedAt", Instant.now().toString());
        return request.put("source", source)
                .put("from", from.toString())
                .put("until", until.toString())
                .put("windowDays", windowDays);
    }

    private static ObjectNode request(String operation) {
        return JsonNodeFactory.instance.objectNode().put("operation", operation);
    }

    private static List<String> texts(JsonNode answer, String field) {
        List<String> texts = new ArrayList<>();
        answer.path(field).forEach(text -> texts.add(text.asText()));
        return texts;
    }
}
