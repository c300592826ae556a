package io.shopflow.dashboard.freshness;

import io.shopflow.core.text.Counted;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The notices of one kind. A page shows their titles, and the notices behind them: four notices
 * would fill the screen of a telephone.
 *
 * @param notices at least one
 */
public record NoticeGroup(List<Notice> notices) {

    public NoticeGroup {
        notices = List.copyOf(notices);
    }

    /** The groups of these notices, in the sequence in which they concern a reader. */
    public static List<NoticeGroup> of(List<Notice> notices) {
        return Arrays.stream(NoticeKind.values())
                .map(kind -> notices.stream().filter(notice -> notice.kind() == kind).toList())
                .filter(group -> !group.isEmpty())
                .map(NoticeGroup::new)
                .toList();
    }

    /** A short name, once per page. */
    public String name() {
        return kind().shortName();
    }

    /** The name of its style. */
    public String style() {
        return kind().style();
    }

    /** The title, which all of them share. */
    public String title() {
        return kind().title();
    }

    private NoticeKind kind() {
        return notices.getFirst().kind();
    }

    /** {@code shop, olist}, or {@code 3 findings in shop, olist}. */
    public String summary() {
        String sources =
                notices.stream().map(Notice::source).distinct().collect(Collectors.joining(", "));
        long findings = notices.stream().mapToLong(Notice::findings).sum();
        return findings == 0 ? sources : Counted.of(findings, "finding") + " in " + sources;
    }
}
