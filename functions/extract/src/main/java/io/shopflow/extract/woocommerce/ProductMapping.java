package io.shopflow.extract.woocommerce;

import com.fasterxml.jackson.databind.JsonNode;
import io.shopflow.core.stream.Stream;
import java.math.BigDecimal;
import java.util.List;

/**
 * A product; its variations are no products of their own. What sells, and in which category, is
 * asked of the product, and order lines name it beside the variation. What a variation cost is on
 * the order line already, so nothing is lost by leaving them out, and no line of a product is split
 * over rows that nobody knows by name.
 */
final class ProductMapping implements RowMapping {

    private final ShopTimes times;
    private final String currency;

    ProductMapping(ShopTimes times, String currency) {
        this.times = times;
        this.currency = currency;
    }

    @Override
    public List<RawRow> rows(JsonNode product, String position) {
        return List.of(
                new RawRow(Stream.PRODUCTS, position)
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

    /** A product without a cost says total 0 and defines none: unknown, never zero. */
    private static String unitCost(JsonNode cost) {
        for (JsonNode value : cost.path("values")) {
            if (Amounts.of(value.path("defined_value")).isPresent()) {
                return Amounts.of(cost.path("total_value"))
                        .map(BigDecimal::toPlainString)
                        .orElse("");
            }
        }
        return "";
    }
}
