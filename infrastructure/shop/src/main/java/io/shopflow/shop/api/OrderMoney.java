package io.shopflow.shop.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.shopflow.shop.world.Order;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * The amounts of an order as texts.
 *
 * @param decimals how many the texts have, whatever the currency
 */
record OrderMoney(Order order, int decimals) {
    private static final BigDecimal VAT = new BigDecimal("1.2");

    /** An amount in minor units. */
    String text(int minorUnits) {
        return text(exact(minorUnits));
    }

    private String text(BigDecimal amount) {
        return amount.setScale(decimals, RoundingMode.HALF_UP).toPlainString();
    }

    /**
     * The net part. With more than two decimals the fractions of a penny show, and lines no longer
     * add up to the total, as in WooCommerce.
     */
    String net(int gross) {
        if (decimals <= order.currency().getDefaultFractionDigits() || !order.taxed) {
            return text(order.net(gross));
        }
        return text(exactNet(gross));
    }

    /** The VAT in a gross amount. */
    String tax(int gross) {
        return text(gross - order.net(gross));
    }

    /** The net price of one unit, as a number. */
    JsonNode unitPrice(int gross, int quantity) {
        BigDecimal net = order.taxed ? exactNet(gross) : exact(gross);
        double price = quantity == 0 ? 0 : net.doubleValue() / quantity;
        return price == Math.rint(price)
                ? JsonNodeFactory.instance.numberNode((long) price)
                : JsonNodeFactory.instance.numberNode(price);
    }

    private BigDecimal exactNet(int gross) {
        return exact(gross).divide(VAT, 6, RoundingMode.HALF_UP);
    }

    private BigDecimal exact(int minorUnits) {
        return BigDecimal.valueOf(minorUnits, order.currency().getDefaultFractionDigits());
    }
}
