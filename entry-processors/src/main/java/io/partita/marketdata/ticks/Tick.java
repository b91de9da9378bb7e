package io.partita.marketdata.ticks;

import io.partita.trading.feed.MarketEvent.TradeKind;

/** What a source says of an instrument. Nothing is checked yet: that is what {@link FeedCheck} is for. */
public sealed interface Tick {

    long instrument();

    /** Who says so. */
    String source();

    /** Its number among those of this source and instrument, dense; 0 if the source has no numbers. */
    long sequence();

    /** When it happened, by the clock of the source, in nanoseconds since 1970. */
    long time();

    /** When it came here, by the clock of this house. */
    long received();

    /** Whose order took what stood in the book. Ordinals are part of the encoding. */
    enum Taker {
        BUYER,
        SELLER,
        /** Nobody, as in an auction, or the source does not say. */
        UNKNOWN;

        public static Taker of(TradeKind kind) {
            return switch (kind) {
                case BUYER_TOOK -> BUYER;
                case SELLER_TOOK -> SELLER;
                case AUCTION, CROSS -> UNKNOWN;
            };
        }
    }

    /** @param price in ticks of the instrument */
    record Trade(long instrument, String source, long sequence, long time, long received, long price, long quantity, Taker taker) implements Tick {
    }

    /** The best that is bid and asked. Prices are ticks, 0 where there is none. */
    record Quote(long instrument, String source, long sequence, long time, long received, long bid, long bidQuantity, long ask, long askQuantity)
            implements Tick {
    }
}
