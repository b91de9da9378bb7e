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
