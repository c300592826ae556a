package io.shopflow.laptop.s3;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The content of a body in AWS's chunks. The signatures of chunks are not checked: the request's
 * own was, and nobody stands between its sender and this machine.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming-trailers.html">Chunks
 *     and trailers</a>
 */
final class AwsChunkedInput extends InputStream {

    private static final int LONGEST_LINE = 8192;

    private final InputStream body;
    private final Map<String, String> trailers = new TreeMap<>();
    private long left;
    private boolean started;
    private boolean ended;

    AwsChunkedInput(InputStream body) {
        this.body = body;
    }

    /** What follows the last chunk, by names in lower case; complete at the end of the content. */
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
        return read;
    }

    private void beginChunk() throws IOException {
        if (started && !line().isEmpty()) {
            throw new S3Exception(S3Error.INCOMPLETE_BODY);
        }
        started = true;
        String size = line().split(";", 2)[0].strip();
        try {
            left = Long.parseLong(size, 16);
        } catch (NumberFormatException e) {
            throw new S3Exception(S3Error.INCOMPLETE_BODY);
        }
        if (left < 0) {
            throw new S3Exception(S3Error.INCOMPLETE_BODY);
        }
        if (left == 0) {
            for (String trailer = line(); !trailer.isEmpty(); trailer = line()) {
                String[] nameAndValue = trailer.split(":", 2);
                trailers.put(
                        nameAndValue[0].strip().toLowerCase(Locale.ROOT),
                        nameAndValue.length > 1 ? nameAndValue[1].strip() : "");
            }
            ended = true;
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
