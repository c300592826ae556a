package io.shopflow.laptop.files;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The folder in which ShopFlow is built. */
public final class ShopflowHome {

    private ShopflowHome() {}

    /**
     * The system property {@code shopflow.home}, else the environment's {@code SHOPFLOW_HOME}, else
     * the nearest folder from the working directory upwards that has the Maven wrapper.
     *
     * @throws StackException if there is none
     */
    public static Path find() {
        return find(
                System.getProperty("shopflow.home"),
                System.getenv("SHOPFLOW_HOME"),
                Path.of("").toAbsolutePath());
    }

    static Path find(@Nullable String property, @Nullable String environment, Path from) {
        for (String named : new String[] {property, environment}) {
            if (named != null && !named.isBlank()) {
                Path folder = Path.of(named).toAbsolutePath().normalize();
                if (isHome(folder)) {
                    return folder;
                }
                throw new StackException(
                        "%s is not the folder of ShopFlow. Start with its launcher, ./shopflow, or set SHOPFLOW_HOME to the folder."
                                .formatted(folder));
            }
        }
        for (Path folder = from; folder != null; folder = folder.getParent()) {
            if (isHome(folder)) {
                return folder;
            }
        }
        throw new StackException(
                "ShopFlow's folder is not found from %s upwards. Set SHOPFLOW_HOME to it."
                        .formatted(from));
    }

    private static boolean isHome(Path folder) {
        return Files.exists(folder.resolve("mvnw"));
    }
}
