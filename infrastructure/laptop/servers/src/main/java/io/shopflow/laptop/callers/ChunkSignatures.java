package io.shopflow.laptop.callers;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The signatures of a body's chunks, each of which covers the previous one; the first one covers
 * that of the request. Check them in the order of the body.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming-trailers.html">Signature
 *     calculations for trailing headers</a>
 */
public final class ChunkSignatures {

    private static final String CHUNK = "AWS4-HMAC-SHA256-PAYLOAD";
    private static final String TRAILER = "AWS4-HMAC-SHA256-TRAILER";
    private static final String HASH_OF_NOTHING = Signature.sha256("");

    private final byte[] key;
    private final String dateAndScope;
    private String previous;

    ChunkSignatures(Signature request, String date, String secret) {
        this.key = request.key(secret);
        this.dateAndScope = date + "\n" + request.scopeText();
        this.previous = request.value();
    }

    /**
     * Whether this is the next chunk's signature.
     *
     * @param sha256 of the chunk's content
     */
    public boolean isOfChunk(byte[] sha256, @Nullable String signature) {
        return isNext(CHUNK, HASH_OF_NOTHING + "\n" + HexFormat.of().formatHex(sha256), signature);
    }

    /**
     * Whether this is the signature of the trailers.
     *
     * @param trailers a line {@code name:value} for each
     */
    public boolean isOfTrailers(String trailers, @Nullable String signature) {
        return isNext(TRAILER, Signature.sha256(trailers), signature);
    }

    private boolean isNext(String algorithm, String hashes, @Nullable String signature) {
        String text = String.join("\n", algorithm, dateAndScope, previous, hashes);
        previous = HexFormat.of().formatHex(Signature.hmac(key, text));
        return signature != null
                && MessageDigest.isEqual(
                        previous.getBytes(StandardCharsets.US_ASCII),
                        signature.getBytes(StandardCharsets.US_ASCII));
    }
}
