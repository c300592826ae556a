package io.shopflow.lambda.event;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/**
 * The failed messages of a batch, which must be delivered again; all others are deleted.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html">Partial
 *     batch responses</a>
 */
@RegisterForReflection
public record SqsBatchResponse(List<BatchItemFailure> batchItemFailures) {

    public SqsBatchResponse {
        batchItemFailures = List.copyOf(batchItemFailures);
    }

    /** One failed message. */
    @RegisterForReflection
    public record BatchItemFailure(String itemIdentifier) {}
}
