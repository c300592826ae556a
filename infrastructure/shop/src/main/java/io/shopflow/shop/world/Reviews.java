package io.shopflow.shop.world;

import io.shopflow.shop.world.Order.LineItem;
import io.shopflow.shop.world.SeededRandom.Purpose;
import java.util.Collection;
import java.util.Collections;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The product reviews of a shop. Guarded by the {@link Shop}'s lock. */
public final class Reviews {
    final NavigableMap<Long, Review> byId = new TreeMap<>();

    private final ShopPlan plan;
    private final Customers customers;
    private long nextId = 20;

    Reviews(ShopPlan plan, Customers customers) {
        this.plan = plan;
        this.customers = customers;
    }

    /** All reviews, by id. */
    public Collection<Review> all() {
        return Collections.unmodifiableCollection(byId.values());
    }

    /** The review with an id, or null. */
    public @Nullable Review find(long id) {
        return byId.get(id);
    }

    /** Adds a review of a random customer. */
    Review add(Product product, long at) {
        return add(SeededRandom.of(plan.seed(), Purpose.REVIEW, nextId), product, null, at);
    }

    /** Adds the reviews that the buyer of a completed order wrote, if any. */
    void addHistoric(Order order) {
        SeededRandom random = SeededRandom.of(plan.seed(), Purpose.REVIEW, order.id);
        long at = order.completedAt + 86_400L * random.between(2, 20);
        if (order.state == OrderState.COMPLETED && random.chance(0.06) && at < plan.end()) {
            LineItem line = order.lines.getFirst();
            add(random, line.product().parentOrSelf(), order.person, at);
        }
    }

    /**
     * Adds a review.
     *
     * @param buyer null: a random customer
     */
    Review add(SeededRandom random, Product product, @Nullable Person buyer, long at) {
        Person author = buyer == null ? customers.random(random).person() : buyer;
        int rating = random.chance(0.7) ? random.between(4, 5) : random.between(1, 3);
        Review review =
                new Review(
                        nextId++,
                        at,
                        product,
                        author,
                        rating,
                        "<p>" + text(random, product, author) + "</p>\n",
                        buyer != null);
        byId.put(review.id(), review);
        product.rate(rating);
        return review;
    }

    private static String text(SeededRandom random, Product product, Person author) {
        return switch (random.below(4)) {
            case 0 ->
                    "Arrived quickly, lovely “%s”. %s".formatted(product.name, author.firstName());
            case 1 ->
                    "Not what I expected. Please call me on %s or write to %s"
                            .formatted(author.phone(), author.email());
            case 2 ->
                    "Delivered to %s in %s without a scratch."
                            .formatted(author.addressLine1(), author.city());
            default -> "Would buy again, says " + author.fullName();
        };
    }
}
