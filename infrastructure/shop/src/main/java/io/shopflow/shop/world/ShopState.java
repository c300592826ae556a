package io.shopflow.shop.world;

/** What all parts of a shop share: its time, and the sequences that its ids come from. */
final class ShopState {
    private long nextId = 10;
    private long nextLineId = 1;
    private long now;
    private long events;

    ShopState(long now) {
        this.now = now;
    }

    /** The time of what happens now, in epoch seconds. */
    long now() {
        return now;
    }

    void advanceTo(long instant) {
        now = Math.max(now, instant);
    }

    /** The next id of WordPress's posts: products, variations, orders and refunds. */
    long nextId() {
        return nextId++;
    }

    /** The next id of anything within an order or a refund. */
    long nextLineId() {
        return nextLineId++;
    }

    /** The id that {@link #nextId} will return. */
    long peekId() {
        return nextId;
    }

    /** The number of events so far. */
    long events() {
        return events;
    }

    void countEvent() {
        events++;
    }
}
