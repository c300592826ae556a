package io.shopflow.laptop.queues;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.shopflow.core.run.ExtractRequest;
import io.shopflow.core.run.PartId;
import io.shopflow.core.run.RunId;
import io.shopflow.core.run.RunJson;
import io.shopflow.core.run.RunKeys;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The subject of a message.
 *
 * @param runId null if it names none
 * @param subject the object's key, or the source to extract; empty if neither
 */
record EventSubject(@Nullable RunId runId, String subject) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** The subject of a message's body; empty for a body of another form. */
    static EventSubject of(String body) {
        JsonNode json;
        try {
            json = JSON.readTree(body);
        } catch (IOException e) {
            return new EventSubject(null, "");
        }
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        if (json.has("Records")) {
            JsonNode key = json.at("/Records/0/s3/object/key");
            return key.isMissingNode()
                    ? new EventSubject(null, "")
                    : ofKey(URLDecoder.decode(key.asText(), StandardCharsets.UTF_8));
        }
        if (json.path("source").isTextual()) {
            ExtractRequest request = RunJson.read(bytes, ExtractRequest.class);
            return new EventSubject(request.runId(), request.source());
        }
        return new EventSubject(null, "");
    }

    private static EventSubject ofKey(String key) {
        RunId runId =
                PartId.ofKey(key)
                        .map(PartId::runId)
                        .or(() -> RunKeys.ofManifestKey(key).map(RunKeys.ManifestKey::runId))
                        .orElse(null);
        return new EventSubject(runId, key);
    }
}
