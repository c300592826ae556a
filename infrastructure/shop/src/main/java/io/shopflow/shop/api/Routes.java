package io.shopflow.shop.api;

import io.shopflow.shop.api.Route.Call;
import io.shopflow.shop.world.Shop;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.stream.Stream;

/** The routes of all resources. */
final class Routes {
    private static final Set<String> READING = Set.of("GET", "HEAD");

    private final Shop shop;
    private final SettingsResource settings;
    private final List<Route> routes;

    /** The routes of a shop whose API is at {@code base}. */
    Routes(Shop shop, String base) {
        WooJson json = new WooJson(shop, base);
        this.shop = shop;
        this.settings = new SettingsResource(shop, json);
        this.routes =
                Stream.of(
                                new OrderResource(shop, json).routes(),
                                new RefundResource(shop, json).routes(),
                                new CustomerResource(shop, json).routes(),
                                new ProductResource(shop, json).routes(),
                                new ReviewResource(shop, json).routes(),
                                new CategoryResource(shop, json).routes(),
                                settings.routes())
                        .flatMap(List::stream)
                        .toList();
    }

    /** Answers a request for {@code path} below the API's base; nothing can be written. */
    ShopResponse answer(String method, String path, Query query) {
        for (Route route : routes) {
            Matcher matcher = route.path().matcher(path);
            if (READING.contains(method) && matcher.matches()) {
                return shop.read(() -> route.handler().apply(new Call(matcher, query)));
            }
        }
        throw ApiError.noRoute();
    }

    /** Answers {@code /wp-json/}, which needs no key. */
    ShopResponse site(Query query) {
        return shop.read(() -> settings.site(query));
    }
}
