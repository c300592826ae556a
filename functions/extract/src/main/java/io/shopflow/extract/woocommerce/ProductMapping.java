package io.shopflow.extract.woocommerce;

import com.fasterxml.jackson.databind.JsonNode;
import io.shopflow.core.stream.StreamName;
import io.shopflow.extract.api.JsonAmounts;
import io.shopflow.extract.api.ObjectMapping;
import io.shopflow.extract.api.RawCsvRow;
import java.math.BigDecimal;
import java.util.List;

/**
 * A product; its variations are not separate products. Sales and categories are analysed by
 * product, and order lines name it in addition to the variation. The cost of a variation is on the
 * order line already, so leaving variations out loses nothing, and keeps a product's sales in one
 * row with a known name.
 */
final class ProductMapping implements ObjectMapping {

    private final ShopTimes times;
    private final String currency;

    ProductMapping(ShopTimes times, String currency) {
        this.times = times;
        this.currency = currency;
    }

    @Override
    public List<RawCsvRow> rows(JsonNode product, String position) {
        return List.of(
                new RawCsvRow(StreamName.PRODUCTS, position)
                        .set("id", product.path("id"))
                        .set("name", HtmlText.decode(product.path("name").asText("")))
                        .set("sku", product.path("sku"))
                        .set(
                                "category",
                                HtmlText.decode(
                                        product.path("categories").path(0).path("name").asText("")))
                        .set("price", product.path("price"))
                        .set("unit_cost", unitCost(product.path("cost_of_goods_sold")))
                        .set("currency", currency)
                        .set("created_at", times.text(product, "date_created"))
                        .set("updated_at", times.text(product, "date_modified")));
    }

    /** A product without a cost has total 0 and no defined cost: unknown, never zero. */
    private static String unitCost(JsonNode cost) {
        for (JsonNode value : cost.path("values")) {
            if (JsonAmounts.of(value.path("defined_value")).isPresent()) {
                return JsonAmounts.of(cost.path("total_value"))
                        .map(BigDecimal::toPlainString)
                        .orElse("");
            }
        }
        return "";
    }
}
