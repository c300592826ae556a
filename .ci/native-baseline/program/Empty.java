import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** The smallest program that polls the Lambda Runtime API: a socket, no library. */
final class Empty {

    private Empty() {}

    /** Polls, responds to each event with null, and polls again. */
    public static void main(String[] arguments) throws IOException {
        String[] api = System.getenv("AWS_LAMBDA_RUNTIME_API").split(":");
        while (true) {
            String id = null;
            try (Socket socket = send(api, "GET /2018-06-01/runtime/invocation/next", "")) {
                BufferedReader answer = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
                for (String line = answer.readLine(); line != null && !line.isEmpty(); line = answer.readLine()) {
                    if (line.regionMatches(true, 0, "Lambda-Runtime-Aws-Request-Id:", 0, 30)) {
                        id = line.substring(30).strip();
                    }
                }
            }
            try (Socket socket = send(api, "POST /2018-06-01/runtime/invocation/" + id + "/response", "null")) {
                socket.getInputStream().read();
            }
        }
    }

    private static Socket send(String[] api, String request, String body) throws IOException {
        Socket socket = new Socket(api[0], Integer.parseInt(api[1]));
        String head = request + " HTTP/1.1\r\nHost: " + api[0] + "\r\nConnection: close\r\nContent-Length: " + body.length() + "\r\n\r\n";
        socket.getOutputStream().write((head + body).getBytes(StandardCharsets.US_ASCII));
        return socket;
    }
}
