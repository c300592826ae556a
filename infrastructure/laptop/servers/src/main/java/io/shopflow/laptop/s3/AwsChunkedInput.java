package io.shopflow.laptop.s3;

import io.shopflow.laptop.callers.ChunkSignatures;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The content of a body in AWS's chunks, whose signatures are checked if there are any.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming-trailers.html">Chunks
 *     and trailers</a>
 */
final class AwsChunkedInput extends InputStream {

    private static final int LONGEST_LINE = 8192;

    private static final String SIGNATURE = "chunk-signature=";
    private static final String TRAILER_SIGNATURE = "x-amz-trailer-signature";

    private final InputStream body;
    private final @Nullable ChunkSignatures signatures;
    private final MessageDigest chunk = Checksum.digest("SHA-256");
    private @Nullable String signature;
    private final Map<String, String> trailers = new TreeMap<>();
    private long left;
    private boolean started;
    private boolean ended;

    /**
     * The content of this body.
     *
     * @param signatures null if the chunks are not signed
     */
    AwsChunkedInput(InputStream body, @Nullable ChunkSignatures signatures) {
        this.body = body;
        this.signatures = signatures;
    }

    /**
     * The trailers after the last chunk, by name in lower case; complete at the end of the content.
     */
    Map<String, String> trailers() {
        return trailers;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (left == 0 && !ended) {
            beginChunk();
        }
        if (ended) {
            return -1;
        }
        int read = body.read(bytes, offset, (int) Math.min(length, left));
        if (read < 0) {
            throw new S3Exception(S3Error.INCOMPLETE_BODY);
        }
        left -= read;
        if (signatures != null) {
            chunk.update(bytes, offset, read);
            if (left == 0) {
                checkChunk(signatures);
            }
        }
        return read;
    }

    private void beginChunk() throws IOException {
        if (started && !line().isEmpty()) {
            throw new S3Exception(S3Error.INCOMPLETE_BODY);
        }
        started = true;
        String[] sizeAndSignature = line().split(";", 2);
        String extension = sizeAndSignature.length > 1 ? sizeAndSignature[1].strip() : "";
        signature =
                extension.startsWith(SIGNATURE) ? extension.substring(SIGNATURE.length()) : null;
        try {
            left = Long.parseLong(sizeAndSignature[0].strip(), 16);
        } catch (NumberFormatException e) {
            throw new S3Exception(S3Error.INCOMPLETE_BODY);
        }
        if (left < 0) {
            throw new S3Exception(S3Error.INCOMPLETE_BODY);
        }
        if (left == 0) {
            if (signatures != null) {
                checkChunk(signatures);
            }
            StringBuilder signed = new StringBuilder();
            for (String trailer = line(); !trailer.isEmpty(); trailer = line()) {
                String[] nameAndValue = trailer.split(":", 2);
                String name = nameAndValue[0].strip().toLowerCase(Locale.ROOT);
                String value = nameAndValue.length > 1 ? nameAndValue[1].strip() : "";
                trailers.put(name, value);
                if (!name.equals(TRAILER_SIGNATURE)) {
                    signed.append(name).append(':').append(value).append('\n');
                }
            }
            ended = true;
            if (signatures != null
                    && !signed.isEmpty()
                    && !signatures.isOfTrailers(
                            signed.toString(), trailers.get(TRAILER_SIGNATURE))) {
                throw new S3Exception(S3Error.SIGNATURE_DOES_NOT_MATCH);
            }
        }
    }

    private void checkChunk(ChunkSignatures expected) throws S3Exception {
        if (!expected.isOfChunk(chunk.digest(), signature)) {
            throw new S3Exception(S3Error.SIGNATURE_DOES_NOT_MATCH);
        }
    }

    /** A line without its end; an empty one at the end of the body. */
    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int read = body.read(); read >= 0 && read != '\n'; read = body.read()) {
            if (line.size() == LONGEST_LINE) {
                throw new S3Exception(S3Error.INVALID_ARGUMENT);
            }
            line.write(read);
        }
        return line.toString(StandardCharsets.UTF_8).stripTrailing();
    }
}
