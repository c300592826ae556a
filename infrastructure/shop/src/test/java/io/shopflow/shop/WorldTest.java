package io.shopflow.shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The shop depends only on its plan and the time. */
class WorldTest {
    private static final Instant OPENING = Instant.parse("2026-03-01T08:00:00Z");
    private static final Duration PACE = Duration.ofSeconds(20);

    private static ShopPlan small(long seed) {
        return ShopPlan.of(seed, 120, 60, 600, OPENING, PACE);
    }

    /** Everything that the API returns, as one text without the server's address. */
    private static String everything(Shop shop) {
        Routes routes = new Routes(shop, "http://shop.test");
        StringBuilder text = new StringBuilder();
        for (String path :
                List.of(
                        "/orders?status=any&",
                        "/orders?status=trash,checkout-draft&",
                        "/refunds?",
                        "/customers?role=all&",
                        "/products?",
                        "/products/reviews?",
                        "/products/categories?")) {
            String[] parts = path.split("\\?");
            String query = parts.length > 1 ? parts[1] : "";
            int pages = 1;
            for (int page = 1; page <= pages; page++) {
                Routes.Answer answer =
                        routes.answer(
                                "GET",
                                parts[0],
                                Query.of(query + "per_page=100&page=" + page, shop),
                                null);
                pages = answer.pages();
                text.append(answer.body());
            }
        }
        return text.toString();
    }

    @Test
    void aShopOpenedAgainIsTheSameShop() {
        InstantSource later = InstantSource.fixed(OPENING.plus(Duration.ofHours(30)));
        assertThat(everything(Shop.open(small(5), later)))
                .isEqualTo(everything(Shop.open(small(5), later)));
    }

    @Test
    void aShopThatWasWatchedAllTheTimeEqualsOneThatWasRestarted() {
        AtomicReference<Instant> time = new AtomicReference<>(OPENING);
        Shop watched = Shop.open(small(6), time::get);
        for (int hour = 0; hour < 40; hour++) {
            time.set(OPENING.plus(Duration.ofHours(hour)).plusMillis(777));
            watched.orderIds();
        }
        Shop restarted = Shop.open(small(6), time::get);
        assertThat(everything(watched)).isEqualTo(everything(restarted));
        assertThat(watched.people()).isEqualTo(restarted.people());
    }

    @Test
    void anotherSeedIsAnotherShop() {
        InstantSource now = InstantSource.fixed(OPENING);
        assertThat(everything(Shop.open(small(7), now)))
                .isNotEqualTo(everything(Shop.open(small(8), now)));
    }

    @Test
    void thingsKeepHappeningAndNothingComesFromTheFuture() {
        AtomicReference<Instant> time = new AtomicReference<>(OPENING);
        Shop shop = Shop.open(small(9), time::get);
        int orders = shop.orderIds().size();
        int customers = shop.customerIds().size();
        int refunds = shop.refundIds().size();
        int reviews = shop.reviewIds().size();
        int completed = shop.orderIds(OrderState.COMPLETED).size();
        time.set(OPENING.plus(Duration.ofDays(3)));
        assertThat(shop.orderIds()).hasSizeGreaterThan(orders + 1000);
        assertThat(shop.customerIds()).hasSizeGreaterThan(customers);
        assertThat(shop.refundIds()).hasSizeGreaterThan(refunds);
        assertThat(shop.reviewIds()).hasSizeGreaterThan(reviews);
        assertThat(shop.orderIds(OrderState.COMPLETED)).hasSizeGreaterThan(completed + 500);
        assertThat(shop.orders.values())
                .allSatisfy(
                        order -> {
                            assertThat(order.modifiedAt)
                                    .isBetween(order.createdAt, time.get().getEpochSecond());
                            assertThat(order.refunded()).isLessThanOrEqualTo(order.total());
                        });
    }

    @Test
    void withoutAPaceNothingHappens() {
        ShopPlan still = ShopPlan.of(9, 50, 20, 100, OPENING, Duration.ZERO);
        String before = everything(Shop.open(still, InstantSource.fixed(OPENING)));
        String after =
                everything(Shop.open(still, InstantSource.fixed(OPENING.plus(Duration.ofDays(9)))));
        assertThat(after).isEqualTo(before);
    }

    @Test
    void theUsualShopIsBritishAndBusy() {
        Shop shop =
                Shop.open(ShopPlan.usual(1, OPENING, Duration.ZERO), InstantSource.fixed(OPENING));
        assertThat(shop.orderIds()).hasSize(5000);
        assertThat(shop.customerIds()).hasSize(1000);
        assertThat(shop.productIds()).hasSize(500);
        assertThat(shop.plan().foundedAt()).isEqualTo(OPENING.minus(Duration.ofDays(730)));
        long british =
                shop.people().stream().filter(person -> person.country().equals("GB")).count();
        assertThat((double) british / shop.people().size()).isBetween(0.86, 0.94);
        long withCost =
                shop.products.values().stream()
                        .filter(product -> product.cost != Product.UNKNOWN_COST)
                        .count();
        assertThat(withCost).isBetween(400L, 450L);
        assertThat(shop.products.values()).anyMatch(Product::hasVariations);
        assertThat(shop.products.values()).anyMatch(product -> product.sold == 0);
        assertThat(shop.orders.values())
                .extracting(order -> order.state)
                .contains(
                        OrderState.TRASH,
                        OrderState.PENDING,
                        OrderState.PROCESSING,
                        OrderState.ON_HOLD,
                        OrderState.COMPLETED,
                        OrderState.CANCELLED,
                        OrderState.REFUNDED,
                        OrderState.FAILED,
                        OrderState.CHECKOUT_DRAFT);
        assertThat(shop.orders.values()).anyMatch(order -> order.customerId == 0);
        assertThat(shop.orders.values()).anyMatch(order -> order.coupon != null);
        assertThat(ordersIn(shop, "2025-12")).isGreaterThan(2 * ordersIn(shop, "2025-08") - 50);
    }

    private static long ordersIn(Shop shop, String month) {
        return shop.orders.values().stream()
                .filter(order -> ShopJson.gmt(order.createdAt).startsWith(month))
                .count();
    }

    @Test
    void nobodySharesANameAnAddressOrANumber() {
        Population population = new Population(3);
        Set<String> seen = new HashSet<>();
        for (long number = 0; number < 9000; number++) {
            Person person = population.person(number);
            Stream.of(
                            person.firstName(),
                            person.lastName(),
                            person.email(),
                            person.username(),
                            person.phoneE164(),
                            person.addressLine1())
                    .forEach(text -> assertThat(seen.add(text)).as(text).isTrue());
            assertThat(person.phoneE164()).matches("\\+\\d{10,14}");
            assertThat(person.email()).matches("[a-z]+\\.[a-z]+\\d+@[a-z.]+");
        }
    }

    @Test
    void whatIdentifiesPeopleIsFoundNowhereElse() {
        Shop shop = Shop.open(small(4), InstantSource.fixed(OPENING));
        String products =
                shop.products.values().toString()
                        + shop.products.values().stream().map(product -> product.name).toList();
        String towns = Town.all().toString();
        String rest = (products + towns).toLowerCase(Locale.ROOT);
        assertThat(shop.people())
                .allSatisfy(
                        person -> {
                            assertThat(person.streetLines()).isNotEmpty();
                            assertThat(person.identifyingTexts())
                                    .allSatisfy(
                                            text -> {
                                                assertThat(text.length()).isGreaterThan(5);
                                                assertThat(rest)
                                                        .doesNotContain(
                                                                text.toLowerCase(Locale.ROOT));
                                            });
                        });
    }

    @Test
    void aPlanThatMakesNoSenseIsRefused() {
        assertThatThrownBy(() -> ShopPlan.of(1, 0, 1, 1, OPENING, PACE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at least 1 customer");
        assertThatThrownBy(() -> ShopPlan.of(1, 1, 1, 1, OPENING, PACE.negated()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("pace");
    }

    @Test
    void whatTheShopDoesNotHaveCannotBeChanged() {
        Shop shop = Shop.open(small(4), InstantSource.fixed(OPENING));
        assertThatThrownBy(() -> shop.editOrder(99_999_999))
                .isInstanceOf(NoSuchElementException.class)
                .hasMessage("The shop has no order 99999999.");
        assertThatThrownBy(() -> shop.changePrice(99_999_999, 1))
                .isInstanceOf(NoSuchElementException.class);
        long order = shop.orderIds(OrderState.COMPLETED).getFirst();
        assertThatThrownBy(() -> shop.refundAmount(order, 100_000_000))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
