package io.partita.trading.settlement;

import io.partita.money.Currency;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/**
 * The ids of a trade's transfers in the ledger, made of the trade and nothing else, so that settling it again is the same command. A UUID
 * of version 8 (RFC 9562): the letters {@code trad}, the index of the security's unit, which of its books it is, then number, revision, step and part. Ids
 * of trades that follow each other lie side by side in the journal's index.
 */
public final class TradeTransferIds {

    /** The largest number of a trade. */
    public static final long MAX_NUMBER = (1L << 42) - 1;
    /** The largest number of a correction or a bust in an id. */
    public static final int MAX_REVISION = (1 << 12) - 1;

    private static final long LETTERS = 0x7472_6164_0000_0000L;
    private static final long VERSION = 0x8000L;
    private static final long VARIANT = 0x8000_0000_0000_0000L;

    /** What is done with a leg. Ordinals are part of the ids: new ones go last, and there are at most 16. */
    public enum Step {
        /** It is booked at once. */
        BOOK,
        /** It is set aside until the settlement day. */
        SET_ASIDE,
        /** What was set aside is booked. */
        POST,
        /** What was set aside is released. */
        RELEASE,
        /** What was booked is booked back. */
        REVERSE
    }

    /** What an id is made of. @param unit its index @param line which of the books of the unit */
    public record Origin(int unit, int line, long number) {
    }

    private TradeTransferIds() {
    }

    /**
     * The id of one transfer.
     *
     * @param line     which of the books of the unit
     * @param revision 0 for the trade as it was made
     */
    public static UUID of(Currency unit, int line, long number, int revision, Step step, Leg.Part part) {
        Objects.checkIndex(line, SettlementTerms.MOST_BOOKS);
        if (number < 1 || number > MAX_NUMBER || revision < 0 || revision > MAX_REVISION) {
            throw new IllegalArgumentException("trade " + number + ", revision " + revision);
        }
        return new UUID(LETTERS | (long) unit.unitIndex() << 16 | VERSION | line,
                VARIANT | number << 20 | (long) revision << 8 | (long) step.ordinal() << 4 | part.ordinal());
    }

    /** The trade of which a transfer is a part; empty for an id that is none of a trade's. */
    public static Optional<Origin> origin(UUID transfer) {
        long book = transfer.getMostSignificantBits();
        boolean ours = (book & 0xffff_ffff_0000_0000L) == LETTERS && (book & 0xf000L) == VERSION && transfer.variant() == 2;
        return ours ? Optional.of(new Origin((int) (book >>> 16 & 0xffff), (int) (book & 0xfff), transfer.getLeastSignificantBits() >>> 20 & MAX_NUMBER)) : Optional.empty();
    }
}
