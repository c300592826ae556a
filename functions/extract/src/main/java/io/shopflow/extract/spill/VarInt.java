package io.shopflow.extract.spill;

/** Numbers from 0 in one to five bytes, seven bits in each, the lowest first. */
final class VarInt {

    private VarInt() {}

    static int bytes(int number) {
        int bytes = 1;
        for (int rest = number >>> 7; rest != 0; rest >>>= 7) {
            bytes++;
        }
        return bytes;
    }

    static int read(byte[] from, int at) {
        int number = from[at] & 0x7f;
        for (int i = 1; from[at + i - 1] < 0; i++) {
            number |= (from[at + i] & 0x7f) << (7 * i);
        }
        return number;
    }

    /** Returns the place after it. */
    static int write(byte[] to, int at, int number) {
        int next = at;
        int rest = number;
        while (rest >>> 7 != 0) {
            to[next++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        to[next++] = (byte) rest;
        return next;
    }
}
