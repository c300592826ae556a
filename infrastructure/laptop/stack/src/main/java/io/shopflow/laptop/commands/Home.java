package io.shopflow.laptop.commands;

import io.shopflow.laptop.folder.StackException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The installation folder of ShopFlow. */
final class Home {

    private Home() {}

    /** The path that the launcher passes. */
    static Path path() {
        String home = System.getProperty("shopflow.home", System.getenv("SHOPFLOW_HOME"));
        Path path = Path.of(home == null ? "" : home).toAbsolutePath().normalize();
        if (!Files.exists(path.resolve("mvnw"))) {
            throw new StackException(
                    "%s is not the folder of ShopFlow. Start with its launcher, ./shopflow."
                            .formatted(path));
        }
        return path;
    }
}
