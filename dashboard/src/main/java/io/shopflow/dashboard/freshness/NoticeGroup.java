package io.shopflow.dashboard.freshness;

import io.shopflow.core.text.Counted;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The notices with one title. A page shows the titles, and the notices behind them: four notices
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
        return NoticeWords.NAMES.stream()
                .map(
                        name ->
                                notices.stream()
                                        .filter(notice -> NoticeWords.name(notice).equals(name))
                                        .toList())
                .filter(group -> !group.isEmpty())
                .map(NoticeGroup::new)
                .toList();
    }

    /** A short name, once per page. */
    public String name() {
        return NoticeWords.name(notices.getFirst());
    }

    /** The name of its style. */
    public String kind() {
        return NoticeWords.kind(notices.getFirst());
    }

    /** The title, which all of them share. */
    public String title() {
        return NoticeWords.title(notices.getFirst());
    }

    /** {@code shop, olist}, or {@code 3 findings in shop, olist}. */
    public String summary() {
        String sources =
                notices.stream().map(Notice::source).distinct().collect(Collectors.joining(", "));
        long findings = notices.stream().mapToLong(NoticeWords::findings).sum();
        return findings == 0 ? sources : Counted.of(findings, "finding") + " in " + sources;
    }
}
