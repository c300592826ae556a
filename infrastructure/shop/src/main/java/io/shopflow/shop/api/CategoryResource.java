package io.shopflow.shop.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shopflow.shop.api.Route.Call;
import io.shopflow.shop.world.Category;
import io.shopflow.shop.world.Shop;
import java.util.Comparator;
import java.util.List;

/** {@code /products/categories}. */
record CategoryResource(Shop shop, WooJson json) {
    private static final String PATH = "/products/categories";
    private static final List<String> SORT_KEYS =
            List.of("id", "include", "name", "slug", "term_group", "description", "count");

    List<Route> routes() {
        return List.of(Route.get(PATH, this::list));
    }

    private ShopResponse list(Call call) {
        Comparator<Category> sorting =
                call.query().sorting("name", "asc", SORT_KEYS, CategoryResource::sortedBy);
        List<Category> rows = shop.products().categories().stream().sorted(sorting).toList();
        return new Listing<>(json.url(PATH), this::row).page(call.query(), rows);
    }

    private static Comparator<Category> sortedBy(String key) {
        return key.equals("id")
                ? Comparator.comparingLong(Category::id)
                : Comparator.comparing(Category::name);
    }

    private ObjectNode row(Category category) {
        ObjectNode row = WooJson.row("category");
        row.put("id", category.id());
        row.put("name", category.name());
        row.put("slug", category.slug());
        row.put("parent", category.parent());
        row.put(
                "count",
                shop.products().all().stream()
                        .filter(product -> product.category().id() == category.id())
                        .count());
        ObjectNode links = json.links(row, PATH + "/" + category.id(), PATH, WooJson.ALL_METHODS);
        if (category.parent() > 0) {
            json.link(links, "up", PATH + "/" + category.parent());
        }
        return row;
    }
}
