package io.shopflow.extract.woocommerce;

import com.fasterxml.jackson.databind.JsonNode;
import io.shopflow.core.lake.Sha256;
import io.shopflow.extract.api.KeysetScan;
import io.shopflow.extract.api.QuietChanges;
import io.shopflow.extract.source.SourceUnavailableException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Detects renamed or deleted categories, which do not change the time of their products. It
 * remembers the digest of all names up to the highest id at that time: products read before have no
 * category that was added later.
 */
final class RenamedCategories implements QuietChanges {

    private static final String RESOURCE = "products/categories";
    private static final int MOST_CATEGORIES = 5_000;

    private final WooCommerceClient client;

    RenamedCategories(WooCommerceClient client) {
        this.client = client;
    }

    @Override
    public Look look(@Nullable Instant since, @Nullable String remembered)
            throws SourceUnavailableException {
        SortedMap<Long, String> names = names();
        if (names == null) {
            return Look.nothing(remembered);
        }
        String remember = (names.isEmpty() ? 0 : names.lastKey()) + ":" + digest(names);
        String tooMany =
                names.size() < MOST_CATEGORIES
                        ? null
                        : "The shop has %d categories or more. If one beyond them is renamed, its products keep the old name until they change or until a full run."
                                .formatted(MOST_CATEGORIES);
        if (since == null || remembered == null) {
            return new Look(null, remember, tooMany);
        }
        String[] before = remembered.split(":", 2);
        SortedMap<Long, String> known = names.headMap(Long.parseLong(before[0]) + 1);
        return digest(known).equals(before[1])
                ? new Look(null, remember, tooMany)
                : new Look(
                        KeysetScan.BEGINNING,
                        remember,
                        "A category was renamed or deleted in the shop: all products are read again.");
    }

    /** The names by id, the lowest ids first; null if the key may not read them. */
    private @Nullable SortedMap<Long, String> names() throws SourceUnavailableException {
        SortedMap<Long, String> names = new TreeMap<>();
        int size = WooCommerceSettings.MAX_PAGE_SIZE;
        for (int page = 1; names.size() < MOST_CATEGORIES; page++) {
            Optional<JsonNode> found =
                    client.optionalDocument(
                            RESOURCE,
                            Map.of(
                                    "_fields",
                                    "id,name",
                                    "orderby",
                                    "id",
                                    "order",
                                    "asc",
                                    "per_page",
                                    Integer.toString(size),
                                    "page",
                                    Integer.toString(page)));
            if (found.isEmpty()) {
                return null;
            }
            JsonNode rows = found.get();
            int before = names.size();
            for (JsonNode row : rows) {
                names.put(row.path("id").asLong(), row.path("name").asText(""));
            }
            if (rows.size() < size || names.size() == before) {
                break;
            }
        }
        return names;
    }

    private static String digest(SortedMap<Long, String> names) {
        StringBuilder text = new StringBuilder();
        names.forEach((id, name) -> text.append(id).append('\t').append(name).append('\n'));
        return Sha256.hex(text.toString().getBytes(StandardCharsets.UTF_8));
    }
}
