package io.shopflow.extract.run;

import static java.util.stream.Collectors.toSet;

import io.shopflow.core.lake.ObjectStore;
import io.shopflow.core.run.ExtractRequest;
import io.shopflow.core.run.RunId;
import io.shopflow.core.run.RunJson;
import io.shopflow.core.run.RunKeys;
import io.shopflow.core.run.RunPlan;
import io.shopflow.core.stream.StreamName;
import io.shopflow.extract.source.SourceReader;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

/** The plans of runs: all invocations of a run follow the one that was written first. */
final class RunPlans {

    private static final String JSON = "application/json";

    private final ObjectStore store;
    private final Clock clock;

    RunPlans(ObjectStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /** The plan of a run; empty before its first invocation has opened the source. */
    Optional<RunPlan> of(String source, RunId runId) {
        return store.read(RunKeys.plan(source, runId))
                .map(json -> RunJson.read(json, RunPlan.class));
    }

    /**
     * The plan of a run; written if there is none yet.
     *
     * @param state of the source when the run began
     */
    RunPlan of(ExtractRequest request, RunId runId, SourceState state, SourceReader reader) {
        Optional<RunPlan> written = of(request.source(), runId);
        if (written.isPresent()) {
            return written.get();
        }
        boolean again =
                request.full()
                        || (request.since() == null
                                && state.wasReadOtherwise(reader.configuration()));
        boolean full = again || (request.since() == null && state.watermarks().isEmpty());
        RunPlan plan =
                new RunPlan(
                        request.source(),
                        runId,
                        clock.instant(),
                        full,
                        reader.format(),
                        request.until(),
                        reader.configuration(),
                        reader.scans().stream()
                                .filter(scan -> scan.readsSnapshot(again))
                                .flatMap(scan -> scan.streams().stream())
                                .map(StreamName::canonicalName)
                                .collect(toSet()));
        String key = RunKeys.plan(request.source(), runId);
        boolean first = store.putIfAbsent(key, RunJson.write(plan), JSON, Map.of());
        return first ? plan : of(request.source(), runId).orElseThrow();
    }
}
