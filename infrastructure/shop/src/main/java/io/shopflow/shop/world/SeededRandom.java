package io.shopflow.shop.world;

import java.util.List;

/**
 * Random numbers derived from a seed alone (SplitMix64), so that the same shop can be generated
 * again anywhere and at any time. Not for secrets.
 */
public final class SeededRandom {
    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    private long state;

    private SeededRandom(long state) {
        this.state = state;
    }

    /** Random numbers for one purpose, independent of those for another purpose or number. */
    public static SeededRandom of(long seed, Purpose purpose, long number) {
        long mixed = mix(seed + GOLDEN_GAMMA * purpose.number);
        return new SeededRandom(mix(mixed ^ mix(number + GOLDEN_GAMMA)));
    }

    /** Purposes of random numbers. Their numbers affect the shop of a seed: never change one. */
    public enum Purpose {
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

    /** From 0 inclusive to 1 exclusive. */
    double next() {
        state += GOLDEN_GAMMA;
        return (mix(state) >>> 11) * 0x1.0p-53;
    }

    /** True with a probability from 0 to 1. */
    public boolean chance(double probability) {
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

    /** One of the items, each as likely as any other. */
    public <T> T pick(List<T> items) {
        return items.get(below(items.size()));
    }

    /** Upper bounds of intervals as wide as the weights, for {@link #pickByBounds}. */
    static double[] bounds(double... weights) {
        double[] bounds = new double[weights.length];
        double sum = 0;
        for (int i = 0; i < weights.length; i++) {
            sum += weights[i];
            bounds[i] = sum;
        }
        return bounds;
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
