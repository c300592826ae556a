package io.shopflow.core.event;

import io.shopflow.core.event.SqsBatchResponse.BatchItemFailure;
import io.shopflow.core.event.SqsEvent.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * How a function goes through the messages of a batch: one after the other, and a message that
 * fails keeps none of the others from being handled.
 *
 * @param onFailure is told of each message that fails, and why; before {@code afterEach}
 * @param afterEach what is done after each message, failed or not
 */
public record SqsBatch(BiConsumer<Message, RuntimeException> onFailure, Runnable afterEach) {

    /** Hands each message to the handler; names those for which it threw. */
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
