package io.shopflow.extract;

import io.shopflow.core.run.ExtractRequest;
import io.shopflow.core.run.RunJson;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import software.amazon.awssdk.services.sqs.SqsClient;

/** The extract-requests queue. */
final class SqsRequestQueue implements RequestQueue {

    private final SqsClient sqs;
    private final String queueUrl;

    SqsRequestQueue(SqsClient sqs, String queueUrl) {
        this.sqs = sqs;
        this.queueUrl = queueUrl;
    }

    @Override
    public void send(ExtractRequest request, Duration delay) {
        String body = new String(RunJson.write(request), StandardCharsets.UTF_8);
        sqs.sendMessage(
                message ->
                        message.queueUrl(queueUrl)
                                .messageBody(body)
                                .delaySeconds((int) delay.toSeconds()));
    }
}
