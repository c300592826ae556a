package io.shopflow.extract.spill;

/** Whether a key may be in a file: ten bits per key, which is wrong for one key in a hundred. */
final class BloomFilter {

    private static final int BITS_PER_KEY = 10;
    private static final int PROBES = 6;

    private final long[] bits;

    BloomFilter(long keys) {
        bits = new long[Math.toIntExact(keys * BITS_PER_KEY / Long.SIZE + 1)];
    }

    void add(long hash) {
        for (int i = 0; i < PROBES; i++) {
            long bit = bit(hash, i);
            bits[(int) (bit >>> 6)] |= 1L << bit;
        }
    }

    boolean mayContain(long hash) {
        for (int i = 0; i < PROBES; i++) {
            long bit = bit(hash, i);
            if ((bits[(int) (bit >>> 6)] & (1L << bit)) == 0) {
                return false;
            }
        }
        return true;
    }

    /** Probes that depend on two halves of a hash are as good as independent ones. */
    private long bit(long hash, int probe) {
        long mixed = hash + probe * Long.rotateLeft(hash, 32);
        return Math.multiplyHigh(mixed >>> 1, (long) bits.length << 7);
    }
}
