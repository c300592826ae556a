package io.shopflow.laptop.queues;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.shopflow.core.run.RunId;
import io.shopflow.core.text.Counted;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An event on which a function failed.
 *
 * @param runId null if the event names none
 * @param subject the object's key or the source's name, empty if the message cannot be read
 * @param receives number of attempts
 * @param givenUp whether it went to the dead letters
 * @param reason the function's error
 */
@RegisterForReflection
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record FailedEvent(
        Instant at,
        String queue,
        String function,
        @Nullable RunId runId,
        String subject,
        int receives,
        boolean givenUp,
        String reason) {

    /** The line for the user about an event that went to the dead letters. */
    public String abandoned() {
        return "%s gave up on %s after %s: %s"
                .formatted(function, named(), Counted.of(receives, "try"), reason);
    }

    /** The subject as a line for the user names it. */
    public String named() {
        return subject.isEmpty() ? "an unreadable message of " + queue : subject;
    }
}
