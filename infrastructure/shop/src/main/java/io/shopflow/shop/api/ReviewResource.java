package io.shopflow.shop.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shopflow.shop.api.Query.Storage;
import io.shopflow.shop.api.Query.TimeWindow;
import io.shopflow.shop.api.Route.Call;
import io.shopflow.shop.world.Person;
import io.shopflow.shop.world.Product;
import io.shopflow.shop.world.Review;
import io.shopflow.shop.world.Shop;
import java.util.Comparator;
import java.util.List;
import java.util.function.LongPredicate;

/** {@code /products/reviews}. */
record ReviewResource(Shop shop, WooJson json) {
    private static final String PATH = "/products/reviews";
    private static final List<String> SORT_KEYS =
            List.of("date", "date_gmt", "id", "include", "product");

    List<Route> routes() {
        return List.of(Route.get(PATH, this::list), Route.get(PATH + "/{id}", this::read));
    }

    /** {@code after} filters reviews, {@code modified_after} is ignored. */
    private ShopResponse list(Call call) {
        Query query = call.query();
        TimeWindow created = query.created(Storage.POSTS);
        Comparator<Review> sorting =
                query.sorting("date_gmt", "desc", SORT_KEYS, ReviewResource::sortedBy);
        LongPredicate product = query.ids("product");
        List<Review> rows =
                shop.reviews().all().stream()
                        .filter(review -> created.contains(review.createdAt()))
                        .filter(review -> product.test(review.product().id))
                        .sorted(sorting)
                        .toList();
        return new Listing<>(json.url(PATH), this::row).page(query, rows);
    }

    private static Comparator<Review> sortedBy(String key) {
        Comparator<Review> byId = Comparator.comparingLong(Review::id);
        return switch (key) {
            case "date", "date_gmt" ->
                    Comparator.comparingLong(Review::createdAt).thenComparing(byId);
            case "product" ->
                    Comparator.<Review>comparingLong(review -> review.product().id)
                            .thenComparing(byId);
            default -> byId;
        };
    }

    private ShopResponse read(Call call) {
        Review review = shop.reviews().find(call.id());
        if (review == null) {
            throw ApiError.of(404, "woocommerce_rest_review_invalid_id", "Invalid review ID.");
        }
        return call.answer(row(review));
    }

    private ObjectNode row(Review review) {
        Person author = review.person();
        Product product = review.product();
        ObjectNode row = WooJson.row("review");
        row.put("id", review.id());
        json.date(row, "date_created", review.createdAt());
        row.put("product_id", product.id);
        row.put("product_name", product.name);
        row.put("product_permalink", ProductResource.permalink(product));
        row.put("reviewer", author.fullName());
        row.put("reviewer_email", author.email());
        row.put("review", review.text());
        row.put("rating", review.rating());
        row.put("verified", review.verified());
        for (int size : new int[] {24, 48, 96}) {
            row.withObject("/reviewer_avatar_urls")
                    .put(Integer.toString(size), WooJson.avatar(author.email(), size));
        }
        ObjectNode links = json.links(row, PATH + "/" + review.id(), PATH, WooJson.ALL_METHODS);
        json.link(links, "up", "/products/" + product.id);
        return row;
    }
}
