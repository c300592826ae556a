package io.shopflow.shop.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.shopflow.shop.api.ShopClient.Reply;
import io.shopflow.shop.world.Shop;
import io.shopflow.shop.world.ShopPlan;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** The shop depends only on its plan and the time. */
class SameShopTest {
    private static final Instant OPENING = Instant.parse("2026-03-01T08:00:00Z");

    private static ShopPlan small(long seed) {
        return ShopPlan.of(seed, 120, 60, 600, OPENING, Duration.ofSeconds(20));
    }

    /** Everything that the API returns, as one text without the server's address. */
    private static String everything(Shop shop) {
        StringBuilder text = new StringBuilder();
        try (ShopServer server = ShopServer.start(0, shop);
                ShopClient client = new ShopClient(server)) {
            for (String path :
                    List.of(
                            "/orders?status=any",
                            "/orders?status=trash,checkout-draft",
                            "/refunds?",
                            "/customers?role=all",
                            "/products?",
                            "/products/reviews?",
                            "/products/categories?")) {
                int pages = 1;
                for (int page = 1; page <= pages; page++) {
                    Reply reply = client.get(path + "&per_page=100&page=" + page);
                    pages = reply.pages();
                    text.append(reply.body());
                }
            }
            return text.toString().replace(":" + server.uri().getPort(), "");
        }
    }

    @Test
    void aShopOpenedAgainIsTheSameShop() {
        InstantSource later = InstantSource.fixed(OPENING.plus(Duration.ofHours(10)));
        assertThat(everything(Shop.open(small(5), later)))
                .isEqualTo(everything(Shop.open(small(5), later)));
    }

    @Test
    void aShopThatWasWatchedAllTheTimeEqualsOneThatWasRestarted() {
        AtomicReference<Instant> time = new AtomicReference<>(OPENING);
        Shop watched = Shop.open(small(6), time::get);
        for (int hour = 0; hour < 12; hour++) {
            time.set(OPENING.plus(Duration.ofHours(hour)).plusMillis(777));
            watched.orderIds();
        }
        Shop restarted = Shop.open(small(6), time::get);
        assertThat(everything(watched)).isEqualTo(everything(restarted));
    }

    @Test
    void anotherSeedIsAnotherShop() {
        InstantSource now = InstantSource.fixed(OPENING);
        assertThat(everything(Shop.open(small(7), now)))
                .isNotEqualTo(everything(Shop.open(small(8), now)));
    }

    @Test
    void withoutAPaceNothingHappens() {
        ShopPlan still = ShopPlan.of(9, 50, 20, 100, OPENING, Duration.ZERO);
        String before = everything(Shop.open(still, InstantSource.fixed(OPENING)));
        String after =
                everything(Shop.open(still, InstantSource.fixed(OPENING.plus(Duration.ofDays(9)))));
        assertThat(after).isEqualTo(before);
    }
}
