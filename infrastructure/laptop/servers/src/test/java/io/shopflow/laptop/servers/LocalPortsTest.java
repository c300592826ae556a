package io.shopflow.laptop.servers;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LocalPortsTest {

    private static final Path EPHEMERAL = Path.of("/proc/sys/net/ipv4/ip_local_port_range");

    @Test
    void aChosenPortIsNoneThatAnOutgoingConnectionMayTakeBeforeItsServerListens() throws Exception {
        int first =
                Files.exists(EPHEMERAL)
                        ? Integer.parseInt(Files.readAllLines(EPHEMERAL).getFirst().split("\\s")[0])
                        : 49_152;
        for (int i = 0; i < 50; i++) {
            assertThat(LocalPorts.free()).isBetween(1_024, first - 1);
        }
    }

    @Test
    void noPortIsReturnedTwice() {
        Set<Integer> told = new HashSet<>();
        for (int i = 0; i < 200; i++) {
            assertThat(told.add(LocalPorts.free())).isTrue();
        }
    }

    @Test
    void aPortThatIsListenedOnIsNotFreeAndGivesWayToAnother() throws Exception {
        try (ServerSocket other =
                new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
            int taken = other.getLocalPort();
            assertThat(LocalPorts.isFree(taken)).isFalse();
            assertThat(LocalPorts.freeOrOther(taken, Duration.ZERO)).isNotEqualTo(taken);
        }
    }
}
