package io.shopflow.checks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The repository's files, without those that building and using it creates. */
final class RepositoryFiles {

    static final Path HOME = Path.of(System.getProperty("shopflow.home"));

    private static final Set<String> NOT_OURS =
            Set.of(".git", "target", "node_modules", ".shopflow", ".terraform");

    private RepositoryFiles() {}

    /** Files and folders, relative to the repository's folder. */
    static List<Path> all() throws IOException {
        List<Path> found = new ArrayList<>();
        collect(HOME, found);
        return found;
    }

    private static void collect(Path folder, List<Path> found) throws IOException {
        try (Stream<Path> children = Files.list(folder)) {
            for (Path child : children.sorted().toList()) {
                if (NOT_OURS.contains(child.getFileName().toString())) {
                    continue;
                }
                found.add(HOME.relativize(child));
                if (Files.isDirectory(child) && !Files.isSymbolicLink(child)) {
                    collect(child, found);
                }
            }
        }
    }
}
