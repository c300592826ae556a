package io.shopflow.laptop.servers;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The folder in which ShopFlow is built. */
final class ShopflowHome {

    private ShopflowHome() {}

    /**
     * The system property {@code shopflow.home}, else the environment's {@code SHOPFLOW_HOME}, else
     * the nearest folder from the working directory upwards that has the Maven wrapper.
     */
    static Path find() {
        return find(
                System.getProperty("shopflow.home"),
                System.getenv("SHOPFLOW_HOME"),
                Path.of("").toAbsolutePath());
    }

    static Path find(@Nullable String property, @Nullable String environment, Path from) {
        if (property != null && !property.isBlank()) {
            return Path.of(property).toAbsolutePath();
        }
        if (environment != null && !environment.isBlank()) {
            return Path.of(environment).toAbsolutePath();
        }
        for (Path folder = from; folder != null; folder = folder.getParent()) {
            if (Files.exists(folder.resolve("mvnw"))) {
                return folder;
            }
        }
        throw new ServerStartException(
                "ShopFlow's folder is not found from %s upwards. Set SHOPFLOW_HOME to it."
                        .formatted(from));
    }
}
