package io.shopflow.checks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The links, names and blocks of a Markdown page. */
final class MarkdownPage {

    private static final Pattern FENCE = Pattern.compile("\\s*(`{3,}|~{3,})\\s*(\\S*).*");
    private static final Pattern HEADING = Pattern.compile("#{1,6} +(.*?) *#*");
    private static final Pattern LINK =
            Pattern.compile("\\[(?:[^\\]\\[]|\\[[^\\]]*\\])*\\]\\((\\S+?)(?: \"[^\"]*\")?\\)");
    private static final Pattern CODE_SPAN = Pattern.compile("(`+)(.+?)\\1");
    private static final Pattern MADE =
            Pattern.compile("(?s)<!-- made by: (.+?) -->\\n(.*?)<!-- end -->");

    private final Path path;
    private final String text;
    private final List<Fence> fences = new ArrayList<>();
    private final Set<String> anchors = new LinkedHashSet<>();
    private final StringBuilder prose = new StringBuilder();

    /**
     * A block between fences.
     *
     * @param language the text after the fence; may be empty
     */
    record Fence(String language, String text) {}

    /**
     * A block with a command's output.
     *
     * @param command from the repository's folder
     */
    record Made(String command, String text) {}

    private MarkdownPage(Path path, String text) {
        this.path = path;
        this.text = text;
        Map<String, Integer> seen = new HashMap<>();
        String open = null;
        String language = "";
        StringBuilder block = new StringBuilder();
        for (String line : text.lines().toList()) {
            Matcher fence = FENCE.matcher(line);
            if (open != null) {
                if (line.strip().equals(open)) {
                    fences.add(new Fence(language, block.toString()));
                    open = null;
                } else if (line.contains(open)) {
                    throw new AssertionError(
                            "%s closes a block at the end of a line: %s".formatted(path, line));
                } else {
                    block.append(line).append('\n');
                }
            } else if (fence.matches()) {
                open = fence.group(1);
                language = fence.group(2);
                block.setLength(0);
            } else {
                prose.append(line).append('\n');
                Matcher heading = HEADING.matcher(line);
                if (heading.matches()) {
                    String slug = slug(heading.group(1));
                    int before = seen.merge(slug, 1, Integer::sum) - 1;
                    anchors.add(before == 0 ? slug : slug + "-" + before);
                }
            }
        }
        if (open != null) {
            throw new AssertionError(path + " does not close its last fence");
        }
    }

    static MarkdownPage read(Path path) {
        try {
            return new MarkdownPage(path, Files.readString(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path path() {
        return path;
    }

    /** GitHub's anchor of a heading: lower case, blanks to hyphens, most other signs left out. */
    private static String slug(String heading) {
        return heading.replaceAll("\\[([^\\]]*)\\]\\([^)]*\\)", "$1")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N}_\\- ]", "")
                .replace(' ', '-');
    }

    Set<String> anchors() {
        return anchors;
    }

    List<Fence> fences() {
        return fences;
    }

    /** Targets of links, outside of code. */
    List<String> links() {
        return LINK.matcher(CODE_SPAN.matcher(prose).replaceAll("`code`"))
                .results()
                .map(link -> link.group(1))
                .toList();
    }

    /** Texts between backticks. */
    List<String> codeSpans() {
        return CODE_SPAN
                .matcher(prose.toString().replace('\n', ' '))
                .results()
                .map(span -> span.group(2).strip())
                .toList();
    }

    List<Made> made() {
        return MADE.matcher(text)
                .results()
                .map(block -> new Made(block.group(1), block.group(2).strip()))
                .toList();
    }
}
