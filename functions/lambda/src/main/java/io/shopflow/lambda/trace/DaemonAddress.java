package io.shopflow.lambda.trace;

import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The address of X-Ray's daemon: {@code host:port}, or {@code tcp:host:port udp:host:port} in any
 * order.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/xray/latest/devguide/xray-sdk-java-configuration.html">AWS_XRAY_DAEMON_ADDRESS</a>
 */
final class DaemonAddress {

    private static final int LARGEST_PORT = 0xffff;

    private static final Pattern UDP = Pattern.compile("(?:udp:)?(?<host>[^:]+):(?<port>\\d{1,5})");

    private DaemonAddress() {}

    /** The address for datagrams; empty if the text has none, or the host is unknown. */
    static Optional<InetSocketAddress> parse(String text) {
        for (String part : text.strip().split("\\s+")) {
            Matcher matcher = UDP.matcher(part);
            if (matcher.matches()) {
                return resolved(matcher.group("host"), Integer.parseInt(matcher.group("port")));
            }
        }
        return Optional.empty();
    }

    private static Optional<InetSocketAddress> resolved(String host, int port) {
        return port > LARGEST_PORT
                ? Optional.empty()
                : Optional.of(new InetSocketAddress(host, port))
                        .filter(address -> !address.isUnresolved());
    }
}
