package io.shopflow.laptop.servers;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.shopflow.laptop.callers.AccessKeys;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** A put of the AWS SDK, whose body is in signed chunks, is changed after it was signed. */
class SignedChunksTest {

    private static final String BUCKET = "lake-of-tests";
    private static final String SECRET = "secret";
    private static final String END_OF_HEADERS = "\r\n\r\n";

    private static final String CONTENT = "id,name\n1,Mug\n";

    /** Several chunks of the SDK, which have 128 KiB. */
    private static final String LONG_CONTENT = CONTENT.repeat(20_000);

    @TempDir Path data;

    @Test
    void chunksAsTheSdkSignsThemAreStored() throws Exception {
        try (LocalS3 server = server();
                S3Client client = Clients.s3(server.endpoint(), "extract", SECRET)) {
            assertThat(replay(server.endpoint(), recorded(LONG_CONTENT)))
                    .startsWith("HTTP/1.1 200");
            assertThat(
                            client.getObjectAsBytes(get -> get.bucket(BUCKET).key("raw/a.csv"))
                                    .asUtf8String())
                    .isEqualTo(LONG_CONTENT);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "Mug, Cup",
        "(chunk-signature=)., $1g",
        ";chunk-signature=, ;chunk-autograph=",
        "(x-amz-checksum-crc32:)., $1_",
        "(x-amz-trailer-signature:)., $1g",
        "x-amz-trailer-signature:, x-amz-trailer-autograph:",
    })
    void whatWasChangedAfterItsSignatureIsNotStored(String found, String changed) throws Exception {
        String request = recorded(CONTENT);
        int body = request.indexOf(END_OF_HEADERS);
        String other =
                request.substring(0, body) + request.substring(body).replaceFirst(found, changed);
        assertThat(other).isNotEqualTo(request);

        try (LocalS3 server = server();
                S3Client client = Clients.s3(server.endpoint(), "extract", SECRET)) {
            assertThat(replay(server.endpoint(), other))
                    .startsWith("HTTP/1.1 403")
                    .contains("<Code>SignatureDoesNotMatch</Code>");
            assertThat(client.listObjectsV2(list -> list.bucket(BUCKET)).contents()).isEmpty();
        }
    }

    private LocalS3 server() {
        return LocalS3.start(
                data.resolve("s3"),
                0,
                BUCKET,
                List.of(),
                Optional.empty(),
                Optional.of(new AccessKeys(Set.of("extract"), SECRET)));
    }

    /** The request that the SDK sends, byte by byte. */
    private static String recorded(String content) throws Exception {
        try (ServerSocket recorder = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                S3Client client =
                        Clients.s3(
                                URI.create("http://127.0.0.1:" + recorder.getLocalPort()),
                                "extract",
                                SECRET)) {
            CompletableFuture<String> request =
                    CompletableFuture.supplyAsync(() -> record(recorder));
            client.putObject(
                    put -> put.bucket(BUCKET).key("raw/a.csv"), RequestBody.fromString(content));
            return request.get();
        }
    }

    private static String record(ServerSocket recorder) {
        try (Socket socket = recorder.accept()) {
            InputStream in = socket.getInputStream();
            ByteArrayOutputStream request = new ByteArrayOutputStream();
            while (!request.toString(ISO_8859_1).endsWith(END_OF_HEADERS)) {
                request.write(in.read());
            }
            String headers = request.toString(ISO_8859_1);
            if (headers.toLowerCase(Locale.ROOT).contains("expect: 100-continue")) {
                write(socket, "HTTP/1.1 100 Continue\r\n\r\n");
            }
            int length =
                    Integer.parseInt(
                            headers.replaceAll("(?is).*\\r\\nContent-Length: *(\\d+).*", "$1"));
            request.write(in.readNBytes(length));
            write(socket, "HTTP/1.1 200 OK\r\nETag: \"0\"\r\nContent-Length: 0\r\n\r\n");
            return request.toString(ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(ISO_8859_1));
        socket.getOutputStream().flush();
    }

    /** The server's answer to a request; the headers that are left out are not signed. */
    private static String replay(URI server, String request) throws IOException {
        int body = request.indexOf(END_OF_HEADERS);
        String headers =
                request.substring(0, body)
                        .replaceFirst("(?i)\r\nExpect:[^\r]*", "")
                        .replaceFirst("(?i)\r\nConnection:[^\r]*", "");
        try (Socket socket = new Socket("127.0.0.1", server.getPort())) {
            write(socket, headers + "\r\nConnection: close" + request.substring(body));
            return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
        }
    }
}
