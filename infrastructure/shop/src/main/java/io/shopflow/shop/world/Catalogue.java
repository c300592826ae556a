package io.shopflow.shop.world;

import io.shopflow.shop.world.Offer.ProductRange;
import io.shopflow.shop.world.SeededRandom.Purpose;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The assortment: each product's name, price and popularity, derived from its number alone. */
public final class Catalogue {
    /** Share of products whose cost the shop never entered. */
    private static final double COST_UNKNOWN = 0.15;

    /** Share of products that are never bought. */
    private static final double UNSOLD = 0.04;

    static final List<ProductRange> RANGES =
            WorldData.rows("product-ranges.csv").stream()
                    .map(
                            cells ->
                                    new ProductRange(
                                            cells.get(0),
                                            cells.get(1),
                                            Integer.parseInt(cells.get(2)),
                                            Integer.parseInt(cells.get(3)),
                                            cells.subList(4, cells.size())))
                    .toList();

    private static final List<String> STYLES = WorldData.words("product style");

    private final ShopPlan plan;
    private final double[] popularityBounds;
    private final @Nullable Offer[] offers;

    /** The catalogue of the shop with a plan. */
    public Catalogue(ShopPlan plan) {
        this.plan = plan;
        this.offers = new Offer[plan.products()];
        double[] popularity = new double[plan.products()];
        for (int i = 0; i < popularity.length; i++) {
            SeededRandom random = SeededRandom.of(plan.seed(), Purpose.PRODUCT, -1L - i);
            // A few products sell most: weights fall with a rank drawn at random.
            double rank = 1 + random.below(plan.products());
            popularity[i] = random.chance(UNSOLD) ? 0 : Math.pow(rank + 3, -0.8);
        }
        this.popularityBounds = SeededRandom.bounds(popularity);
    }

    /** The product with a number from 0. */
    public Offer offer(int number) {
        // An assortment is small compared with its orders.
        Offer known = offers[number];
        if (known == null) {
            known = generate(number);
            offers[number] = known;
        }
        return known;
    }

    private Offer generate(int number) {
        SeededRandom random = SeededRandom.of(plan.seed(), Purpose.PRODUCT, number);
        ProductRange range = RANGES.get(number % RANGES.size());
        int turn = number / RANGES.size();
        String noun = range.nouns().get(turn % range.nouns().size());
        int series = turn / range.nouns().size();
        String style = STYLES.get(series % STYLES.size());
        int edition = 1 + series / STYLES.size();
        String name = style + " " + noun + (edition > 1 ? " No. " + edition : "");
        double square = random.next() * random.next();
        int raw = range.lowest() + (int) (square * (range.highest() - range.lowest()));
        int charm = (random.chance(0.6) ? 49 : 0) - (random.chance(0.2) ? 4 : 0);
        int price = Math.max(99, raw / 50 * 50 + charm);
        int cost =
                random.chance(COST_UNKNOWN)
                        ? Product.UNKNOWN_COST
                        : (int) Math.round(price / 1.2 * (0.3 + 0.45 * random.next()));
        int sizes = random.chance(0.07) ? random.between(2, Offer.SIZES.size()) : 0;
        return new Offer(
                number,
                name,
                "SKU-%05d".formatted(number + 1),
                range,
                price,
                cost,
                sizes,
                plan.start() - 86_400L * random.between(1, 300));
    }

    /** A random product to buy: popular ones more often. */
    Offer randomOffer(SeededRandom random) {
        return offer(random.pickByBounds(popularityBounds));
    }

    /** Prices rise a little twice a year; the last half year's are the current ones. */
    static int priceAt(int price, double progress) {
        double step = Math.floor(Math.min(progress, 0.999) * 4) - 3;
        return (int) Math.round(price * (1 + 0.03 * step));
    }

    /** A name as part of an address. */
    public static String slug(String name) {
        return name.toLowerCase(Locale.ROOT)
                .replace("&amp;", "")
                .replaceAll("[^a-z0-9]+", "-")
                .replaceAll("^-|-$", "");
    }
}
