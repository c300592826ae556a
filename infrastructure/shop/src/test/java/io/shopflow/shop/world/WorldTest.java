package io.shopflow.shop.world;

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

/** What a shop consists of, and how it changes. */
class WorldTest {
    private static final Instant OPENING = Instant.parse("2026-03-01T08:00:00Z");
    private static final Duration PACE = Duration.ofSeconds(20);

    private static ShopPlan small(long seed) {
        return ShopPlan.of(seed, 120, 60, 600, OPENING, PACE);
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
        assertThat(shop.orders().all())
                .allSatisfy(
                        order -> {
                            assertThat(order.modifiedAt)
                                    .isBetween(order.createdAt, time.get().getEpochSecond());
                            assertThat(order.unrefunded()).isNotNegative();
                        });
    }

    @Test
    void theDefaultShopIsBritishAndBusy() {
        Shop shop =
                Shop.open(
                        ShopPlan.ofDefaultSize(1, OPENING, Duration.ZERO),
                        InstantSource.fixed(OPENING));
        assertThat(shop.orderIds()).hasSize(5000);
        assertThat(shop.customerIds()).hasSize(1000);
        assertThat(shop.productIds()).hasSize(500);
        assertThat(shop.plan().foundedAt()).isEqualTo(OPENING.minus(Duration.ofDays(730)));
        List<Person> people = people(shop);
        long british = people.stream().filter(Person::isBritish).count();
        assertThat((double) british / people.size()).isBetween(0.86, 0.94);
        long withCost =
                shop.products().all().stream()
                        .filter(product -> product.cost() != Product.UNKNOWN_COST)
                        .count();
        assertThat(withCost).isBetween(400L, 450L);
        assertThat(shop.products().all()).anyMatch(Product::hasVariations);
        assertThat(shop.products().all()).anyMatch(product -> product.sold() == 0);
        assertThat(shop.orders().all())
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
        assertThat(shop.orders().all()).anyMatch(order -> order.customerId == 0);
        assertThat(shop.orders().all()).anyMatch(order -> order.coupon != null);
        assertThat(ordersIn(shop, "2025-12")).isGreaterThan(2 * ordersIn(shop, "2025-08") - 50);
    }

    private static long ordersIn(Shop shop, String month) {
        return shop.orders().all().stream()
                .filter(
                        order ->
                                Instant.ofEpochSecond(order.createdAt).toString().startsWith(month))
                .count();
    }

    private static List<Person> people(Shop shop) {
        return Stream.concat(
                        shop.customers().all().stream().map(Customer::person),
                        shop.orders().all().stream().map(order -> order.person))
                .distinct()
                .toList();
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
                            person.phone(),
                            person.addressLine1())
                    .forEach(text -> assertThat(seen.add(text)).as(text).isTrue());
            assertThat(person.phone().replaceAll("[ ()]", "")).matches("[+0]\\d{10,14}");
            assertThat(person.email()).matches("[a-z]+\\.[a-z]+\\d+@[a-z.]+");
        }
    }

    @Test
    void whatIdentifiesPeopleIsFoundNowhereElse() {
        Shop shop = Shop.open(small(4), InstantSource.fixed(OPENING));
        String products =
                shop.products().all().stream().map(product -> product.name).toList().toString();
        String towns = Town.all().toString();
        String rest = (products + towns).toLowerCase(Locale.ROOT);
        assertThat(people(shop))
                .allSatisfy(
                        person -> {
                            assertThat(
                                            Stream.of(
                                                            person.firstName(),
                                                            person.lastName(),
                                                            person.company(),
                                                            person.email(),
                                                            person.username(),
                                                            person.phone(),
                                                            person.addressLine1(),
                                                            person.addressLine2())
                                                    .filter(text -> !text.isEmpty()))
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
