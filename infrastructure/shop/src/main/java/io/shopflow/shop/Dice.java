package io.shopflow.shop;

import java.util.List;

/**
 * Random numbers derived from a seed alone (SplitMix64), so that the same shop can be generated
 * again anywhere and at any time. Not for secrets.
 */
final class Dice {
    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    private long state;

    private Dice(long state) {
        this.state = state;
    }

    /** Random numbers for one purpose, independent of those for another purpose or number. */
    static Dice of(long seed, Purpose purpose, long number) {
        long mixed = mix(seed + GOLDEN_GAMMA * purpose.number);
        return new Dice(mix(mixed ^ mix(number + GOLDEN_GAMMA)));
    }

    /** Purposes of random numbers. Their numbers affect the shop of a seed: never change one. */
    enum Purpose {
        PERSON(1),
        CUSTOMER(2),
        PRODUCT(3),
        DAY(4),
        ORDER(5),
        EVENT(6),
        REVIEW(7),
        DEFECT(8);

        private final int number;

        Purpose(int number) {
            this.number = number;
        }
    }

    private static long mix(long value) {
        long mixed = value;
        mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }

    long nextLong() {
        state += GOLDEN_GAMMA;
        return mix(state);
    }

    /** From 0 inclusive to 1 exclusive. */
    double next() {
        return (nextLong() >>> 11) * 0x1.0p-53;
    }

    boolean chance(double probability) {
        return next() < probability;
    }

    /** From 0 inclusive to {@code bound} exclusive. */
    int below(int bound) {
        return (int) (next() * bound);
    }

    /** From {@code low} to {@code high}, both inclusive. */
    int between(int low, int high) {
        return low + below(high - low + 1);
    }

    <T> T pick(List<T> items) {
        return items.get(below(items.size()));
    }

    /** The index of an interval in a rising list of upper bounds. */
    int pickByBounds(double[] bounds) {
        double mark = next() * bounds[bounds.length - 1];
        int low = 0;
        int high = bounds.length - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (bounds[middle] > mark) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }
}
