package io.shopflow.laptop.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import io.shopflow.laptop.folder.DataFolder;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The simulated shop inside the stack. */
class DemoShopTest {

    @TempDir Path temporary;

    /** `up` ended in a stack trace. */
    @Test
    void aPortThatWasTakenBeforeTheShopListensIsReplacedByAnother() throws Exception {
        DataFolder folder = DataFolder.at(temporary);
        folder.prepare();
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                DemoShop shop = DemoShop.start(folder, other.getLocalPort())) {
            assertThat(shop.port()).isPositive().isNotEqualTo(other.getLocalPort());
        }
    }
}
