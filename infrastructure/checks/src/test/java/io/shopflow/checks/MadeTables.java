package io.shopflow.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The computed part of a page of docs. The test fails if it is out of date, or updates it with
 * {@code -Dshopflow.update=true}.
 */
final class MadeTables {

    private static final String END = "<!-- end -->";

    private final Path page;
    private final String begin;

    /**
     * Of this page.
     *
     * @param begin the comment on the line before the tables
     */
    MadeTables(String page, String begin) {
        this.page = RepositoryFiles.HOME.resolve(page);
        this.begin = begin + "\n";
    }

    void check(String expected) throws IOException {
        String text = Files.readString(page);
        assertThat(text).contains(begin).contains(END);
        int from = text.indexOf(begin) + begin.length();
        int to = text.indexOf(END, from);
        if (Boolean.getBoolean("shopflow.update")) {
            Files.writeString(
                    page, text.substring(0, from) + "\n" + expected + "\n\n" + text.substring(to));
            return;
        }
        assertThat(text.substring(from, to).strip())
                .as(
                        "%s is out of date; run this test with -Dshopflow.update=true",
                        RepositoryFiles.HOME.relativize(page))
                .isEqualTo(expected);
    }
}
