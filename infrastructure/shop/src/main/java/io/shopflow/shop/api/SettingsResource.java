package io.shopflow.shop.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shopflow.shop.world.Shop;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

/** The shop's settings, its currency, and WordPress's public description of the site. */
record SettingsResource(Shop shop, WooJson json) {
    private static final String GENERAL = "/settings/general";

    List<Route> routes() {
        return List.of(
                Route.get(GENERAL, call -> ShopResponse.of(general())),
                Route.get("/data/currencies/current", call -> call.answer(currency())));
    }

    /** Answers {@code /wp-json/}, which needs no key. */
    ShopResponse site(Query query) {
        if (shop.hidesSite()) {
            throw ApiError.of(401, "rest_not_logged_in", "You are not currently logged in.");
        }
        int offset = shop.zone().getRules().getOffset(Instant.now()).getTotalSeconds();
        ObjectNode site = WooJson.row("site");
        site.put("gmt_offset", offset / 3600.0);
        if (!(shop.zone() instanceof ZoneOffset)) {
            site.put("timezone_string", shop.zone().getId());
        }
        return ShopResponse.of(query.select(site));
    }

    private ArrayNode general() {
        ArrayNode settings = WooJson.list("general-settings");
        for (JsonNode each : settings) {
            ObjectNode setting = (ObjectNode) each;
            String id = setting.path("id").asText();
            if (id.equals("woocommerce_price_num_decimals")) {
                setting.put("value", Integer.toString(shop.decimals()));
            }
            json.links(setting, GENERAL + "/" + id, GENERAL, WooJson.READ_AND_UPDATE);
        }
        return settings;
    }

    private ObjectNode currency() {
        ObjectNode currency = WooJson.row("currency");
        json.links(currency, "/data/currencies/GBP", "/data/currencies", List.of("GET"));
        return currency;
    }
}
