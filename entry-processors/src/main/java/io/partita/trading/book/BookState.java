package io.partita.trading.book;

import io.partita.trading.Instrument;
import io.partita.trading.Terms;
import io.partita.trading.TradingPhase;

/** What a book consists of; the classes around it are the rules. */
final class BookState {

    // Where an order stands, in three bits of its terms.
    static final int PLACE = 7 << Terms.FIRST_FREE_BIT;
    static final int IN_BOOK = 1 << Terms.FIRST_FREE_BIT;
    static final int STOPPED = 2 << Terms.FIRST_FREE_BIT;
    /** Beside the book, until its minimum can be had. */
    static final int WAITING = 3 << Terms.FIRST_FREE_BIT;
    /** Beside the book, until the closing auction. */
    static final int PARKED = 4 << Terms.FIRST_FREE_BIT;
    /** A pegged order that has nothing to follow. */
    static final int IDLE = 5 << Terms.FIRST_FREE_BIT;

    /** More orders are not looked at again and again while one command is carried out. */
    static final int MOST_WATCHING = 10_000;

    static final int BUY = 0;
    static final int SELL = 1;

    final Instrument instrument;
    final boolean dark;
    final OrderPool pool = new OrderPool();
    final IdMap ids = new IdMap(pool);
    final Deadlines deadlines = new Deadlines();
    /** Of buyers and of sellers. Market orders stand at the ends, in auctions. */
    final Ladder[] book;
    final Ladder[] stops;
    /** By price and priority; of buyers and of sellers. */
    final OrderList[] waiting = {new OrderList(), new OrderList()};
    /** These by priority. */
    final OrderList pegs = new OrderList();
    final OrderList trailing = new OrderList();
    final OrderList parked = new OrderList();

    TradingPhase phase = TradingPhase.CLOSED;
    /** When the phase ends by itself, 0 for never. */
    long phaseEnd;
    long now;
    long last;
    long reference;
    long priority;
    long trades;
    long reports;
    /** Of a dark book: the best lit prices, 0 for none, and when it was told them. */
    long litBid;
    long litOffer;
    long litTime;
    /** How many orders that expire are live, so that the heap knows how much of it is litter. */
    int expiring;

    // Follow from the above.
    long bandLow;
    long bandHigh = Long.MAX_VALUE;
    long collarLow;
    long collarHigh = Long.MAX_VALUE;
    /** The best displayed prices that pegged orders were priced by; -1 for "look again". */
    long peggedBid = -1;
    long peggedOffer = -1;
    long trailedAt;

    BookState(Instrument instrument) {
        this.instrument = instrument;
        dark = instrument.dark();
        long top = instrument.maxPrice() + 1;
        book = new Ladder[] {new Ladder(pool, true, top), new Ladder(pool, false, top)};
        // The first stop to be reached is the lowest of the buyers' and the highest of the sellers'.
        stops = new Ladder[] {new Ladder(pool, false, top), new Ladder(pool, true, top)};
    }

    boolean continuous() {
        return phase == TradingPhase.CONTINUOUS;
    }

    int place(int order) {
        return pool.terms(order) & PLACE;
    }

    /** How many orders do something whenever the market moves: they are pegged, trail it, or wait for a minimum. */
    int watching() {
        return pegs.size() + trailing.size() + waiting[BUY].size() + waiting[SELL].size();
    }

    /** The price that market orders have on a side: before all others. */
    long marketPrice(int side) {
        return side == BUY ? instrument.maxPrice() + 1 : 0;
    }

    /** The best price of a side that is displayed, 0 for none. */
    long bestShown(int side) {
        Ladder ladder = book[side];
        for (int level = ladder.best(); level != 0; level = ladder.worse(level)) {
            if (ladder.shown(level) > 0) {
                return ladder.price(level);
            }
        }
        return 0;
    }

    void reference(long price) {
        reference = price;
        long width = price * instrument.collar() / 10_000;
        boolean bounded = price > 0 && instrument.collar() > 0;
        collarLow = bounded ? price - width : 0;
        collarHigh = bounded ? price + width : Long.MAX_VALUE;
    }

    /** Lays the band around the last price, for all that the next command does. */
    void bandAroundLast() {
        long centre = last > 0 ? last : reference;
        if (instrument.band() == 0 || centre == 0) {
            bandLow = 0;
            bandHigh = Long.MAX_VALUE;
            return;
        }
        long width = centre * instrument.band() / 10_000;
        bandLow = centre - width;
        bandHigh = centre + width;
    }

    boolean inBand(long price) {
        return price >= bandLow && price <= bandHigh;
    }
}
