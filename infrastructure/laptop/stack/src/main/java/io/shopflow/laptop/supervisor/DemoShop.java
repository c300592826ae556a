package io.shopflow.laptop.supervisor;

import io.shopflow.core.run.RunJson;
import io.shopflow.laptop.files.AtomicFile;
import io.shopflow.laptop.folder.DataFolder;
import io.shopflow.laptop.servers.LocalPorts;
import io.shopflow.shop.api.ShopServer;
import io.shopflow.shop.world.Shop;
import io.shopflow.shop.world.ShopPlan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;

/**
 * The simulated shop inside the stack. Its plan is stored in the data folder: the same plan gives
 * the same shop, including the events while the stack was down.
 */
final class DemoShop implements AutoCloseable {

    /** The source that reads it. */
    static final String SOURCE = "shop";

    /** Often enough that the page changes visibly. */
    private static final Duration PACE = Duration.ofSeconds(4);

    private final ShopServer server;

    private DemoShop(ShopServer server) {
        this.server = server;
    }

    /**
     * Opens the folder's shop, or creates one.
     *
     * @param port the preferred one; another if a program took it meanwhile
     */
    static DemoShop start(DataFolder folder, int port) {
        Shop shop = Shop.open(plan(folder.file("shop.json")), InstantSource.system());
        try {
            return new DemoShop(ShopServer.start(port, shop));
        } catch (UncheckedIOException e) {
            if (e.getCause() instanceof BindException) {
                return new DemoShop(ShopServer.start(LocalPorts.free(), shop));
            }
            throw e;
        }
    }

    private static ShopPlan plan(Path file) {
        try {
            if (!Files.exists(file)) {
                ShopPlan plan =
                        ShopPlan.ofDefaultSize(
                                new SecureRandom().nextInt(1 << 30), Instant.now(), PACE);
                AtomicFile.write(file, RunJson.write(plan));
            }
            return RunJson.read(Files.readAllBytes(file), ShopPlan.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return server.uri().getPort();
    }

    /** The variables with which {@code sources/shop.yaml} refers to it. */
    Map<String, String> variables() {
        return Map.of(
                "SHOPFLOW_SHOP_URL", server.uri().toString(),
                "SHOPFLOW_SHOP_KEY", ShopServer.READ_KEY,
                "SHOPFLOW_SHOP_SECRET", ShopServer.CONSUMER_SECRET);
    }

    @Override
    public void close() {
        server.close();
    }
}
