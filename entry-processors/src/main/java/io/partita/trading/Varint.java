package io.partita.trading;

import java.nio.ByteBuffer;

/** Longs in one to ten bytes, small ones (of either sign) in few. */
public final class Varint {

    private Varint() {
    }

    public static void put(ByteBuffer out, long value) {
        long bits = value << 1 ^ value >> 63;
        while ((bits & ~0x7fL) != 0) {
            out.put((byte) (bits | 0x80));
            bits >>>= 7;
        }
        out.put((byte) bits);
    }

    /**
     * Appends an int that says which of some numbers are not 0, and then these.
     *
     * @param out has an array, with room for the longest numbers
     */
    static void putMasked(ByteBuffer out, long[] numbers) {
        byte[] bytes = out.array();
        int maskAt = out.position();
        int at = out.arrayOffset() + maskAt + Integer.BYTES;
        int mask = 0;
        for (int i = 0; i < numbers.length; i++) {
            if (numbers[i] != 0) {
                mask |= 1 << i;
                long bits = numbers[i] << 1 ^ numbers[i] >> 63;
                while ((bits & ~0x7fL) != 0) {
                    bytes[at++] = (byte) (bits | 0x80);
                    bits >>>= 7;
                }
                bytes[at++] = (byte) bits;
            }
        }
        out.putInt(maskAt, mask).position(at - out.arrayOffset());
    }

    /**
     * Takes the numbers whose places a mask has from a buffer; what stands in other places stays.
     *
     * @param in has an array
     * @throws IllegalArgumentException if it ends before, or has more than 64 bits
     */
    static void getMasked(ByteBuffer in, int mask, long[] into) {
        byte[] bytes = in.array();
        int end = in.arrayOffset() + in.limit();
        int at = in.arrayOffset() + in.position();
        for (int left = mask; left != 0; left &= left - 1) {
            long bits = 0;
            byte next;
            int shift = 0;
            do {
                if (at == end || shift >= 64) {
                    throw new IllegalArgumentException("no number");
                }
                next = bytes[at++];
                bits |= (next & 0x7fL) << shift;
                shift += 7;
            } while (next < 0);
            into[Integer.numberOfTrailingZeros(left)] = bits >>> 1 ^ -(bits & 1);
        }
        in.position(at - in.arrayOffset());
    }

    /** @throws IllegalArgumentException for more than 64 bits */
    public static long get(ByteBuffer in) {
        long bits = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            byte next = in.get();
            bits |= (next & 0x7fL) << shift;
            if (next >= 0) {
                return bits >>> 1 ^ -(bits & 1);
            }
        }
        throw new IllegalArgumentException("no number");
    }
}
