package io.shopflow.transform.part;

import io.shopflow.core.lake.ObjectStore;
import io.shopflow.core.run.PartId;
import io.shopflow.core.run.RunJson;
import io.shopflow.core.run.RunKeys;
import io.shopflow.core.run.RunPlan;
import java.util.LinkedHashMap;
import java.util.Map;

/** Caches the plans of the latest runs: a plan never changes, and a run has many parts. */
final class PlanCache {

    private static final int REMEMBERED = 16;

    private final ObjectStore store;
    private final Map<String, RunPlan> plans = new LinkedHashMap<>();

    PlanCache(ObjectStore store) {
        this.store = store;
    }

    /** The plan of a part's run. */
    synchronized RunPlan of(PartId part) {
        String key = RunKeys.plan(part.source(), part.runId());
        RunPlan known = plans.get(key);
        if (known != null) {
            return known;
        }
        RunPlan plan =
                store.read(key)
                        .map(json -> RunJson.read(json, RunPlan.class))
                        .orElseThrow(
                                () ->
                                        new UnreadablePartException(
                                                "there is no plan '%s', which extract writes before the first part"
                                                        .formatted(key)));
        if (plans.size() == REMEMBERED) {
            plans.remove(plans.keySet().iterator().next());
        }
        plans.put(key, plan);
        return plan;
    }
}
