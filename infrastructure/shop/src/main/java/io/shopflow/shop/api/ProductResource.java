package io.shopflow.shop.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shopflow.shop.api.Query.Storage;
import io.shopflow.shop.api.Query.TimeWindow;
import io.shopflow.shop.api.Route.Call;
import io.shopflow.shop.world.Catalogue;
import io.shopflow.shop.world.Product;
import io.shopflow.shop.world.Shop;
import java.util.Comparator;
import java.util.List;
import java.util.function.LongPredicate;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/** {@code /products}, and their variations: of all in {@code /variations}, of one below it. */
record ProductResource(Shop shop, WooJson json) {
    private static final List<String> SORT_KEYS =
            List.of(
                    "date,id,include,title,slug,modified,price,popularity,rating,menu_order"
                            .split(","));

    List<Route> routes() {
        return List.of(
                Route.get("/products", this::list),
                Route.get("/products/{id}", call -> call.answer(row(find(call)))),
                Route.get("/variations", this::listVariations),
                Route.get("/products/{id}/variations", this::listVariationsOfProduct),
                Route.get("/products/{id}/variations/{id}", this::readVariation));
    }

    // ---------------------------------------------------------------- products

    private ShopResponse list(Call call) {
        Query query = call.query();
        TimeWindow created = query.created(Storage.POSTS);
        TimeWindow modified = query.modified(Storage.POSTS);
        Comparator<Product> sorting =
                query.sorting("date", "desc", SORT_KEYS, ProductResource::sortedBy);
        LongPredicate include = query.ids("include");
        LongPredicate category = query.ids("category");
        String sku = query.text("sku");
        List<Product> rows =
                shop.products().all().stream()
                        .filter(product -> created.contains(product.createdAt))
                        .filter(product -> modified.contains(product.modifiedAt()))
                        .filter(product -> include.test(product.id))
                        .filter(product -> category.test(product.category().id()))
                        .filter(product -> sku == null || sku.equals(product.sku))
                        .sorted(sorting)
                        .toList();
        return new Listing<>(json.url("/products"), this::row).page(query, rows);
    }

    private static Comparator<Product> sortedBy(String key) {
        ToLongFunction<Product> value =
                switch (key) {
                    case "date" -> product -> product.createdAt;
                    case "modified" -> Product::modifiedAt;
                    case "price" -> Product::price;
                    case "popularity" -> Product::sold;
                    default -> product -> 0;
                };
        return Comparator.comparingLong(value).thenComparingLong(product -> product.id);
    }

    private Product find(Call call) {
        Product product = shop.products().find(call.id());
        if (product == null) {
            throw ApiError.noProduct();
        }
        return product;
    }

    private ObjectNode row(Product product) {
        boolean variable = product.hasVariations();
        List<Product> sizes = product.variations();
        String price =
                WooJson.pounds(
                        sizes.stream().mapToInt(Product::price).min().orElse(product.price()));
        int ratings = product.ratings();
        ObjectNode row = WooJson.row("product");
        row.put("id", product.id);
        row.put("name", product.name);
        row.put("slug", product.slug);
        row.put("permalink", permalink(product));
        json.date(row, "date_created", product.createdAt);
        json.date(row, "date_modified", product.modifiedAt());
        row.put("type", variable ? "variable" : "simple");
        row.put("sku", product.sku);
        row.put("price", price);
        row.put("regular_price", variable ? "" : price);
        row.put("price_html", "<span class=\"amount\">&pound;" + price + "</span>");
        row.put("total_sales", product.sold());
        row.put("rating_count", ratings);
        row.put(
                "average_rating",
                WooJson.pounds(ratings == 0 ? 0 : 100 * product.ratingSum() / ratings));
        row.withArray("categories")
                .addObject()
                .put("id", product.category().id())
                .put("name", product.category().name())
                .put("slug", product.category().slug());
        if (variable) {
            ObjectNode attribute = WooJson.row("size-attribute");
            ArrayNode options = attribute.withArray("options");
            ArrayNode variations = row.withArray("variations");
            for (Product size : sizes) {
                options.add(size.name);
                variations.add(size.id);
            }
            row.withArray("attributes").add(attribute);
        }
        row.put("has_options", variable);
        cost(row, product);
        json.links(row, "/products/" + product.id, "/products", WooJson.ALL_METHODS);
        return row;
    }

    /** The address of a product's page. */
    static String permalink(Product product) {
        return "https://shop.example/product/" + product.slug + "/";
    }

    private static void cost(ObjectNode row, Product product) {
        ObjectNode cost = row.withObject("/cost_of_goods_sold");
        cost.set("total_value", WooJson.number(Math.max(0, product.unitCost())));
        ObjectNode value = (ObjectNode) cost.at("/values/0");
        value.set("effective_value", WooJson.number(Math.max(0, product.cost())));
        if (product.cost() != Product.UNKNOWN_COST) {
            value.set("defined_value", WooJson.number(product.cost()));
        }
    }

    // ---------------------------------------------------------------- variations

    private ShopResponse listVariations(Call call) {
        return listVariations(call.query(), "/variations", shop.products().variations());
    }

    private ShopResponse listVariationsOfProduct(Call call) {
        return listVariations(call.query(), call.path().group(), find(call).variations().stream());
    }

    /** {@code after} and {@code before} are ignored. */
    private ShopResponse listVariations(Query query, String path, Stream<Product> variations) {
        query.created(Storage.POSTS);
        TimeWindow modified = query.modified(Storage.POSTS);
        Comparator<Product> sorting =
                query.sorting("date", "desc", SORT_KEYS, ProductResource::sortedBy);
        List<Product> rows =
                variations
                        .filter(variation -> modified.contains(variation.modifiedAt()))
                        .sorted(sorting)
                        .toList();
        return new Listing<>(json.url(path), this::variation).page(query, rows);
    }

    private ShopResponse readVariation(Call call) {
        return call.answer(
                variation(
                        find(call).variations().stream()
                                .filter(variation -> variation.id == call.innerId())
                                .findFirst()
                                .orElseThrow(ApiError::noProduct)));
    }

    private ObjectNode variation(Product variation) {
        Product product = variation.parentOrSelf();
        String size = Catalogue.slug(variation.name);
        String price = WooJson.pounds(variation.price());
        ObjectNode row = WooJson.row("variation");
        row.put("id", variation.id);
        row.put("parent_id", product.id);
        row.put("name", variation.name);
        json.date(row, "date_created", variation.createdAt);
        json.date(row, "date_modified", variation.modifiedAt());
        row.put("permalink", permalink(variation) + "?attribute_pa_size=" + size);
        row.put("sku", variation.sku);
        row.put("price", price);
        row.put("regular_price", price);
        ((ObjectNode) row.at("/attributes/0")).put("option", variation.name);
        cost(row, variation);
        row.withObject("/cost_of_goods_sold")
                .put(
                        "defined_value_is_additive",
                        variation.addsCost && variation.cost() != Product.UNKNOWN_COST);
        String parent = "/products/" + product.id;
        String collection = parent + "/variations";
        ObjectNode links =
                json.links(row, collection + "/" + variation.id, collection, WooJson.ALL_METHODS);
        json.link(links, "up", parent);
        return row;
    }
}
