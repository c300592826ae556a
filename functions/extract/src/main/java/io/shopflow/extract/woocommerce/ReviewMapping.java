package io.shopflow.extract.woocommerce;

import com.fasterxml.jackson.databind.JsonNode;
import io.shopflow.core.stream.StreamName;
import io.shopflow.extract.api.ObjectMapping;
import io.shopflow.extract.api.RawCsvRow;
import java.util.List;

/** A product review. */
final class ReviewMapping implements ObjectMapping {

    private final ShopTimes times;

    ReviewMapping(ShopTimes times) {
        this.times = times;
    }

    @Override
    public List<RawCsvRow> rows(JsonNode review, String position) {
        return List.of(
                new RawCsvRow(StreamName.REVIEWS, position)
                        .set("id", review.path("id"))
                        .set("product_id", review.path("product_id"))
                        .set("rating", review.path("rating"))
                        .set("reviewer_email", review.path("reviewer_email"))
                        .set("reviewer", review.path("reviewer"))
                        .set("body", review.path("review"))
                        .set("created_at", times.text(review, "date_created")));
    }
}
