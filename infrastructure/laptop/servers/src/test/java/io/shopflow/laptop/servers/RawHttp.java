package io.shopflow.laptop.servers;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** Requests with headers that the JDK's HTTP client refuses to send. */
final class RawHttp {

    private RawHttp() {}

    /** The complete response to a request; header lines are sent unchanged. */
    static String send(URI server, String method, String path, String body, String... headers)
            throws IOException {
        try (Socket socket = new Socket("127.0.0.1", server.getPort())) {
            String request =
                    "%s %s HTTP/1.1\r\nConnection: close\r\nContent-Length: %d\r\n%s\r\n%s"
                            .formatted(
                                    method,
                                    path,
                                    body.length(),
                                    String.join("", lines(headers)),
                                    body);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String[] lines(String... headers) {
        String[] lines = headers.clone();
        for (int n = 0; n < lines.length; n++) {
            lines[n] += "\r\n";
        }
        return lines;
    }
}
