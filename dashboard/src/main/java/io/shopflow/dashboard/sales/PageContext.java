package io.shopflow.dashboard.sales;

import io.shopflow.dashboard.freshness.Notice;
import io.shopflow.dashboard.freshness.NoticeGroup;
import io.shopflow.dashboard.freshness.SourceFreshness;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a page of sales shows besides its figures: the filter and its choices, and how fresh the
 * figures are.
 *
 * @param categories to choose from, including the chosen one
 * @param moreCategories number of other categories
 * @param freshness of the chosen sources
 */
public record PageContext(
        SalesFilter filter,
        List<String> sources,
        List<String> currencies,
        List<String> categories,
        long moreCategories,
        List<SourceFreshness> freshness,
        List<Notice> notices,
        String version,
        long pollMillis) {
    /** The moving ranges to choose from. */
    public List<Preset> presets() {
        return List.of(Preset.values());
    }

    /** What a range can be compared with. */
    public List<Comparison> comparisons() {
        return List.of(Comparison.values());
    }

    /** The notices by title. */
    public List<NoticeGroup> noticeGroups() {
        return NoticeGroup.of(notices);
    }

    /** The address of the products that were sold in a region. */
    public String productsOfRegion(String region) {
        return "/products%s&region=%s"
                .formatted(filter.query(), URLEncoder.encode(region, StandardCharsets.UTF_8));
    }

    PageContext withSource(@Nullable String source) {
        return new PageContext(
                filter.withSource(source),
                sources,
                currencies,
                categories,
                moreCategories,
                freshness,
                notices,
                version,
                pollMillis);
    }

    /** The number of categories to choose from. */
    public long offeredCategories() {
        return categories.size();
    }

    /** The number of all categories. */
    public long allCategories() {
        return offeredCategories() + moreCategories;
    }
}
