package io.shopflow.lambda.event;

import io.shopflow.lambda.event.SqsBatchResponse.BatchItemFailure;
import io.shopflow.lambda.event.SqsEvent.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Handles the messages of a batch one after the other; a failed message does not affect the others.
 *
 * @param onFailure receives each failed message and its exception, before {@code afterEach}
 * @param afterEach runs after each message, failed or not
 */
public record SqsBatch(BiConsumer<Message, RuntimeException> onFailure, Runnable afterEach) {

    /** Passes each message to the handler; returns those for which it threw. */
    public SqsBatchResponse each(SqsEvent event, Consumer<Message> handler) {
        List<BatchItemFailure> failures = new ArrayList<>();
        for (Message message : event.records()) {
            try {
                handler.accept(message);
            } catch (RuntimeException e) {
                onFailure.accept(message, e);
                failures.add(new BatchItemFailure(message.messageId()));
            } finally {
                afterEach.run();
            }
        }
        return new SqsBatchResponse(failures);
    }
}
