package io.shopflow.laptop.folder;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The content of {@code stack.json}: the stack's process and the ports of its parts.
 *
 * @param formatVersion of the data folder
 * @param process null while the stack is down
 * @param ready whether the first extraction has finished
 * @param children in the order of their start
 */
@RegisterForReflection
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record StackRecord(
        int formatVersion,
        @Nullable ProcessRecord process,
        boolean ready,
        Ports ports,
        List<ProcessRecord> children) {

    public StackRecord {
        children = List.copyOf(children);
    }

    /** The record of a folder in which no stack has been started. */
    static StackRecord empty() {
        return new StackRecord(DataFolder.FORMAT_VERSION, null, false, Ports.none(), List.of());
    }

    /** The process that wrote this, if it still runs. */
    public Optional<ProcessHandle> running() {
        return Optional.ofNullable(process).flatMap(ProcessRecord::running);
    }

    /** The dashboard's address; empty if the stack has none. */
    public Optional<URI> dashboard() {
        return ports.dashboard() == 0
                ? Optional.empty()
                : Optional.of(URI.create("http://localhost:" + ports.dashboard()));
    }

    /** The ports of the parts; 0: none chosen yet. */
    @RegisterForReflection
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Ports(int postgres, int s3, int queues, int shop, int dashboard) {

        /** No port is chosen yet. */
        public static Ports none() {
            return new Ports(0, 0, 0, 0, 0);
        }
    }
}
