package io.shopflow.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;

/**
 * Qute generates a class for each type that a template uses, with all methods of the type in the
 * JDK of the build. The native compiler's JDK may be older and lack newer ones: {@code Currency}
 * has one of Java 25.
 */
class GeneratedResolversTest {

    private static final Path GENERATED =
            Path.of(
                    System.getProperty("shopflow.home"),
                    "dashboard/target/quarkus-app/quarkus/generated-bytecode.jar");

    /** Types of the JDK, whose public methods are those of Java 21. */
    @Test
    void templatesAskNoTypeOfTheJdkThatGrewAfterJava21() throws IOException {
        try (JarFile jar = new JarFile(GENERATED.toFile())) {
            List<String> resolvers =
                    jar.stream()
                            .map(ZipEntry::getName)
                            .filter(
                                    name ->
                                            name.matches(
                                                    "io/quarkus/qute/generated/\\w+_ValueResolver\\.class"))
                            .map(name -> name.replaceFirst(".*/(\\w+)_ValueResolver.class", "$1"))
                            .toList();

            assertThat(resolvers).containsExactlyInAnyOrder("List", "LocalDate");
        }
    }
}
