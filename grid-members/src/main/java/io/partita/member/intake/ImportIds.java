package io.partita.member.intake;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * Transfer ids that follow from the import's name and the row's line, so that a row that is sent again is the same
 * transfer. UUID version 8 (RFC 9562): 78 bits of the name's SHA-256, then 42 bits of line and 2 of leg; ids of one
 * import ascend with its rows and lie side by side in the journal's index, which is what makes them fast there.
 */
final class ImportIds {

    private static final int LINE_BITS = 42;
    private static final int LEG_BITS = 2;

    private final long high;
    private final long lowPrefix;

    ImportIds(String importName) {
        ByteBuffer hash = ByteBuffer.wrap(AccountKey.sha256().digest(importName.getBytes(StandardCharsets.UTF_8)));
        high = hash.getLong() & 0xFFFF_FFFF_FFFF_0FFFL | 0x8000L;
        lowPrefix = hash.getLong() & 0x3FFF_FFFF_FFFF_FFFFL & -1L << LINE_BITS + LEG_BITS | 1L << 63;
    }

    UUID of(long line, int leg) {
        if (line < 0 || line >>> LINE_BITS != 0 || leg < 0 || leg >>> LEG_BITS != 0) {
            throw new IllegalArgumentException("Line " + line + ", leg " + leg);
        }
        return new UUID(high, lowPrefix | line << LEG_BITS | leg);
    }
}
