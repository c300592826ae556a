package io.shopflow.laptop.commands;

import io.shopflow.laptop.files.StackException;
import io.shopflow.laptop.runs.RunDatabase.DatabaseUnavailableException;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;
import software.amazon.awssdk.core.exception.SdkClientException;

/**
 * Translates failures into messages on what to do; an unknown exception is a bug and is rethrown.
 */
final class ErrorTranslator implements IExecutionExceptionHandler {

    @Override
    public int handleExecutionException(
            Exception failure, CommandLine commandLine, ParseResult parseResult) throws Exception {
        String message = message(failure).orElseThrow(() -> failure);
        commandLine.getErr().println(message);
        return commandLine.getCommandSpec().exitCodeOnExecutionException();
    }

    private static Optional<String> message(Exception failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String text = String.valueOf(cause.getMessage());
            if (text.contains("No space left on device")) {
                return Optional.of(
                        "The disk is full (%s). Make room, then start again: nothing is lost."
                                .formatted(text));
            }
            // Wrapped by calls of the bucket.
            if (cause instanceof SdkClientException) {
                return Optional.of(
                        "The stack's servers do not answer (%s). Look at ./shopflow status."
                                .formatted(text));
            }
        }
        return switch (failure) {
            case StackException known -> Optional.ofNullable(known.getMessage());
            case DatabaseUnavailableException known ->
                    Optional.of(
                            "The stack's database does not answer (%s). Look at ./shopflow status."
                                    .formatted(known.getMessage()));
            default -> Optional.empty();
        };
    }
}
