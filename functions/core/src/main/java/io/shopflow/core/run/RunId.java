package io.shopflow.core.run;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.github.f4b6a3.ulid.Ulid;
import com.github.f4b6a3.ulid.UlidCreator;
import io.shopflow.core.lake.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** A run's id: a ULID, so that ids sort by the time of the request. */
public record RunId(@JsonValue String value) implements Comparable<RunId> {

    /** Accepts the 26 characters of a ULID, upper case. */
    @JsonCreator
    public RunId {
        if (!isValid(value)) {
            throw new IllegalArgumentException("not a run id (a ULID): " + value);
        }
    }

    /** Whether this is the text of a run id. */
    public static boolean isValid(String value) {
        return Ulid.isValid(value) && value.equals(Ulid.from(value).toString());
    }

    /** A new id. */
    public static RunId create() {
        return new RunId(UlidCreator.getMonotonicUlid().toString());
    }

    /** The id of the run for a queued request: the same for each delivery of the same message. */
    public static RunId ofMessage(String messageId, Instant sentAt) {
        byte[] digest = Sha256.digest().digest(messageId.getBytes(StandardCharsets.UTF_8));
        byte[] bytes = new byte[16];
        ByteBuffer.wrap(bytes)
                .putShort((short) (sentAt.toEpochMilli() >>> 32))
                .putInt((int) sentAt.toEpochMilli())
                .put(digest, 0, 10);
        return new RunId(Ulid.from(bytes).toString());
    }

    /** When the run was requested, to the millisecond. */
    public Instant requestedAt() {
        return Ulid.from(value).getInstant();
    }

    @Override
    public int compareTo(RunId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
