package io.shopflow.laptop.s3;

import java.util.zip.Checksum;

/**
 * The CRC-64 of the NVMe specification, which AWS's command line sends with its puts.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity.html">Checking
 *     object integrity</a>
 */
final class Crc64Nvme implements Checksum {

    /** The polynomial, with its lowest bit first. */
    private static final long POLYNOMIAL = 0x9a6c9329ac4bc9b5L;

    private static final long[] REMAINDERS = remainders();

    private long inverted = -1;

    private static long[] remainders() {
        long[] remainders = new long[1 << Byte.SIZE];
        for (int value = 0; value < remainders.length; value++) {
            long remainder = value;
            for (int bit = 0; bit < Byte.SIZE; bit++) {
                remainder = (remainder >>> 1) ^ ((remainder & 1) == 0 ? 0 : POLYNOMIAL);
            }
            remainders[value] = remainder;
        }
        return remainders;
    }

    @Override
    public void update(int value) {
        inverted = (inverted >>> Byte.SIZE) ^ REMAINDERS[(int) (inverted ^ value) & 0xff];
    }

    @Override
    public void update(byte[] bytes, int offset, int length) {
        for (int i = offset; i < offset + length; i++) {
            update(bytes[i]);
        }
    }

    @Override
    public long getValue() {
        return ~inverted;
    }

    @Override
    public void reset() {
        inverted = -1;
    }
}
