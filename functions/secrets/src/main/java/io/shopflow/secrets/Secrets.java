package io.shopflow.secrets;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.DecryptionFailureException;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueResponse;
import software.amazon.awssdk.services.secretsmanager.model.InvalidRequestException;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;

/**
 * The secrets of AWS Secrets Manager, as of now: rotation changes them at any time.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetSecretValue.html">GetSecretValue</a>
 */
public final class Secrets implements AutoCloseable {

    private final Supplier<SecretsManagerClient> connect;
    private final InstantSource clock;
    private final Map<String, Read> reads = new ConcurrentHashMap<>();
    private @Nullable SecretsManagerClient client;

    private record Read(String text, Instant at) {}

    /**
     * Secrets read through a client, which is created on first use: most functions of a laptop and
     * of tests need none.
     */
    public Secrets(Supplier<SecretsManagerClient> connect, InstantSource clock) {
        this.connect = connect;
        this.clock = clock;
    }

    /**
     * A secret of at most this age.
     *
     * @throws SecretException if it cannot be read, or is not a JSON object
     */
    public Secret read(SecretReference reference, Duration age) {
        Instant now = clock.instant();
        Read known = reads.get(reference.id());
        if (known == null || known.at().plus(age).isBefore(now)) {
            known = new Read(fetch(reference), now);
            reads.put(reference.id(), known);
        }
        return Secret.parse(reference, known.text());
    }

    private String fetch(SecretReference reference) {
        GetSecretValueResponse response;
        try {
            response = client().getSecretValue(request -> request.secretId(reference.id()));
        } catch (ResourceNotFoundException e) {
            throw new SecretException(
                    "%s does not exist, or has no value yet: create it, or correct the setting."
                            .formatted(reference),
                    e);
        } catch (DecryptionFailureException e) {
            throw notAllowed(reference, e);
        } catch (InvalidRequestException e) {
            throw new SecretException(
                    "%s is about to be deleted: restore it, or name another.".formatted(reference),
                    e);
        } catch (AwsServiceException e) {
            if (e.awsErrorDetails() != null
                    && "AccessDeniedException".equals(e.awsErrorDetails().errorCode())) {
                throw notAllowed(reference, e);
            }
            throw unavailable(reference, e);
        } catch (SdkException e) {
            throw unavailable(reference, e);
        }
        if (response.secretString() == null) {
            throw new SecretException("%s is binary: store a JSON text.".formatted(reference));
        }
        return response.secretString();
    }

    private static SecretException notAllowed(SecretReference reference, SdkException cause) {
        return new SecretException(
                "%s may not be read: allow secretsmanager:GetSecretValue on it, and kms:Decrypt on its key."
                        .formatted(reference),
                cause);
    }

    private static SecretException unavailable(SecretReference reference, SdkException cause) {
        return new SecretException(
                "%s is temporarily unavailable; the operation will be retried."
                        .formatted(reference),
                cause);
    }

    private synchronized SecretsManagerClient client() {
        SecretsManagerClient connected = client;
        if (connected == null) {
            connected = connect.get();
            client = connected;
        }
        return connected;
    }

    @Override
    public synchronized void close() {
        if (client != null) {
            client.close();
        }
    }
}
