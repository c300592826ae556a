package io.shopflow.lambda.event;

import java.util.List;

/**
 * The failed messages of a batch, which must be delivered again; all others are deleted.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html">Partial
 *     batch responses</a>
 */
public record SqsBatchResponse(List<BatchItemFailure> batchItemFailures) {

    public SqsBatchResponse {
        batchItemFailures = List.copyOf(batchItemFailures);
    }

    /** One failed message. */
    public record BatchItemFailure(String itemIdentifier) {}
}
