package io.shopflow.shop;

import io.shopflow.shop.Dice.Purpose;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The assortment: each product's name, price and popularity, derived from its number alone. */
final class Catalogue {
    /** Share of products whose cost the shop never entered. */
    private static final double COST_UNKNOWN = 0.15;

    /** Share of products that are never bought. */
    private static final double UNSOLD = 0.04;

    static final List<Range> RANGES =
            List.of(
                    new Range(
                            "Tea",
                            "",
                            350,
                            1900,
                            List.of(
                                    "Loose Leaf",
                                    "Breakfast Tea",
                                    "Green Tea",
                                    "Infusion",
                                    "Chai")),
                    new Range(
                            "Green Tea",
                            "Tea",
                            450,
                            2400,
                            List.of("Sencha", "Gunpowder", "Jasmine Pearls", "Matcha")),
                    new Range(
                            "Coffee",
                            "",
                            650,
                            2800,
                            List.of("Espresso Beans", "Filter Roast", "Decaf Beans", "Cold Brew")),
                    new Range(
                            "Mugs",
                            "",
                            700,
                            2650,
                            List.of("Stoneware Mug", "Enamel Mug", "Travel Cup", "Espresso Cup")),
                    new Range(
                            "Teapots",
                            "",
                            1800,
                            7900,
                            List.of("Teapot", "Cast Iron Kettle", "Infuser Jug")),
                    new Range(
                            "Kitchen",
                            "",
                            500,
                            8900,
                            List.of(
                                    "Bread Knife",
                                    "Mixing Bowl",
                                    "Chopping Board",
                                    "Pepper Mill",
                                    "Storage Jar")),
                    new Range(
                            "Linen",
                            "",
                            600,
                            6500,
                            List.of("Tea Towel", "Apron", "Tablecloth", "Napkin Set")),
                    new Range(
                            "Candles",
                            "",
                            800,
                            3800,
                            List.of("Soy Candle", "Beeswax Candle", "Reed Diffuser")),
                    new Range(
                            "Gifts &amp; Hampers",
                            "",
                            1500,
                            14900,
                            List.of("Hamper", "Gift Box", "Tasting Set", "Advent Calendar")),
                    new Range(
                            "Biscuits",
                            "",
                            250,
                            1400,
                            List.of("Shortbread", "Oat Biscuits", "Ginger Snaps", "Florentines")),
                    new Range(
                            "Garden",
                            "",
                            400,
                            9900,
                            List.of("Herb Planter", "Watering Can", "Seed Tin", "Bird Feeder")),
                    new Range(
                            "Books",
                            "",
                            899,
                            3500,
                            List.of("Cookbook", "Tea Atlas", "Baking Manual")));
    private static final List<String> MANNERS =
            List.of(
                    "Classic",
                    "Speckled",
                    "Heritage",
                    "Nordic",
                    "Rustic",
                    "Midnight",
                    "Organic",
                    "Smoked",
                    "Botanical",
                    "Copper",
                    "Ivory",
                    "Harvest",
                    "Coastal",
                    "Highland",
                    "Velvet",
                    "Sunrise",
                    "Granite",
                    "Meadow",
                    "Amber",
                    "Indigo");
    private static final List<String> SIZES = List.of("Small", "Medium", "Large", "Family");

    private final ShopPlan plan;
    private final double[] popularityBounds;
    private final @Nullable Offer[] offers;

    Catalogue(ShopPlan plan) {
        this.plan = plan;
        this.popularityBounds = new double[plan.products()];
        this.offers = new Offer[plan.products()];
        double sum = 0;
        for (int i = 0; i < popularityBounds.length; i++) {
            Dice dice = Dice.of(plan.seed(), Purpose.PRODUCT, -1L - i);
            // A few products sell most: weights fall with a rank drawn at random.
            double rank = 1 + dice.below(plan.products());
            sum += dice.chance(UNSOLD) ? 0 : Math.pow(rank + 3, -0.8);
            popularityBounds[i] = sum;
        }
    }

    record Range(String name, String parent, int lowest, int highest, List<String> nouns) {}

    /**
     * The offer of a product number.
     *
     * @param unitCost pence; −1: unknown
     * @param sizes number of variations; 0: a simple product
     */
    record Offer(
            int number,
            String name,
            String sku,
            Range range,
            int price,
            int unitCost,
            int sizes,
            long createdAt) {

        /** A size's price: each size costs more than the one before. */
        int priceOf(int size) {
            return size < 0 ? price : price + price * 45 / 100 * size;
        }

        /** Unit cost of a size; −1: unknown. */
        int costOf(int size) {
            if (size < 0 || unitCost < 0 || ownCost(size) < 0) {
                return unitCost;
            }
            return addsCost(size) ? unitCost + ownCost(size) : ownCost(size);
        }

        /** A size's own cost; −1: none, its parent's cost applies. */
        int ownCost(int size) {
            if (unitCost < 0) {
                return Product.UNKNOWN_COST;
            }
            return switch (size) {
                case 1 -> price * 15 / 100;
                case 2 -> unitCost * 14 / 10;
                default -> Product.UNKNOWN_COST;
            };
        }

        /** Whether a size's own cost is added to its parent's instead of replacing it. */
        static boolean addsCost(int size) {
            return size == 1;
        }

        static String sizeName(int size) {
            return SIZES.get(size);
        }
    }

    /** The product with a number from 0. Its price and cost are those at the end of the history. */
    Offer offer(int number) {
        Dice dice = Dice.of(plan.seed(), Purpose.PRODUCT, number);
        Range range = RANGES.get(number % RANGES.size());
        int turn = number / RANGES.size();
        String noun = range.nouns().get(turn % range.nouns().size());
        int series = turn / range.nouns().size();
        String manner = MANNERS.get(series % MANNERS.size());
        int edition = 1 + series / MANNERS.size();
        String name = manner + " " + noun + (edition > 1 ? " No. " + edition : "");
        double square = dice.next() * dice.next();
        int raw = range.lowest() + (int) (square * (range.highest() - range.lowest()));
        int price =
                Math.max(
                        99,
                        raw / 50 * 50 + (dice.chance(0.6) ? 49 : 0) - (dice.chance(0.2) ? 4 : 0));
        int cost =
                dice.chance(COST_UNKNOWN)
                        ? Product.UNKNOWN_COST
                        : (int) Math.round(price / 1.2 * (0.3 + 0.45 * dice.next()));
        int sizes = dice.chance(0.07) ? dice.between(2, SIZES.size()) : 0;
        return new Offer(
                number,
                name,
                "SKU-%05d".formatted(number + 1),
                range,
                price,
                cost,
                sizes,
                plan.start() - 86_400L * dice.between(1, 300));
    }

    /** The same, cached: an assortment is small compared with its orders. */
    Offer offerCached(int number) {
        Offer known = offers[number];
        if (known == null) {
            known = offer(number);
            offers[number] = known;
        }
        return known;
    }

    /** A random product to buy: popular ones more often. */
    int buy(Dice dice) {
        return dice.pickByBounds(popularityBounds);
    }

    /** Prices rise a little twice a year; the last half year's are the current ones. */
    static int priceAt(int price, double progress) {
        double step = Math.floor(Math.min(progress, 0.999) * 4) - 3;
        return (int) Math.round(price * (1 + 0.03 * step));
    }

    static String slug(String name) {
        return name.toLowerCase(Locale.ROOT)
                .replace("&amp;", "")
                .replaceAll("[^a-z0-9]+", "-")
                .replaceAll("^-|-$", "");
    }
}
