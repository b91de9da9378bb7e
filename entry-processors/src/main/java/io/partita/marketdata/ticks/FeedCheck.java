package io.partita.marketdata.ticks;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.function.LongPredicate;

/**
 * Checks what one source says of one instrument, tick by tick as they come. Not thread-safe; {@link #write} and {@link #read} make a snapshot.
 *
 * <p>A source whose number 1 happened later than all that it had said before has begun anew. Numbers are remembered from whatever can be read: a stale tick
 * leaves no gap behind it.
 */
public final class FeedCheck {

    private static final int LONGEST_NAME = 64;
    private static final long LARGEST = 1L << 40;

    private final QualityRules rules;
    private final SequenceWindow numbers = new SequenceWindow();
    private final PriceBand trades;
    private final PriceBand quotes;
    private long lastTime = Long.MIN_VALUE;
    private Tick last;

    public FeedCheck(QualityRules rules) {
        this.rules = rules;
        trades = new PriceBand(rules);
        quotes = new PriceBand(rules);
    }

    /**
     * Whether a tick can be read at all: this needs no memory, and keeps instruments that do not exist from getting one.
     *
     * @return what is wrong with it, empty if nothing is
     */
    public static String schema(Tick tick, LongPredicate known) {
        if (tick.source() == null || tick.source().isBlank() || tick.source().length() > LONGEST_NAME) {
            return "a source has a name of at most " + LONGEST_NAME + " characters";
        }
        if (!known.test(tick.instrument())) {
            return "there is no instrument " + tick.instrument();
        }
        if (tick.time() <= 0 || tick.received() <= 0 || tick.sequence() < 0) {
            return "times are positive and numbers are not negative";
        }
        return switch (tick) {
            case Tick.Trade trade when !within(trade.price(), 1) || !within(trade.quantity(), 1) || trade.taker() == null ->
                    "a trade has a price and a quantity from 1 to 2^40, and a taker";
            case Tick.Quote quote when !within(quote.bid(), 0) || !within(quote.ask(), 0) || !within(quote.bidQuantity(), 0) || !within(quote.askQuantity(), 0) ->
                    "prices and quantities of a quote lie between 0 and 2^40";
            case Tick.Quote quote when quote.bid() == 0 != (quote.bidQuantity() == 0) || quote.ask() == 0 != (quote.askQuantity() == 0) ->
                    "a side of a quote has a price and a quantity, or neither";
            default -> "";
        };
    }

    private static boolean within(long number, long least) {
        return number >= least && number <= LARGEST;
    }

    /** Judges a tick that can be read. */
    public Judgement judge(Tick tick) {
        if (tick.time() > tick.received() + rules.ahead()) {
            // Only its number is remembered: its time would make all else late.
            if (tick.sequence() > 0) {
                numbers.add(tick.sequence());
            }
            return Judgement.of(tick, Fault.CLOCK_DRIFT, millis(tick.time() - tick.received()) + " ahead of the time here");
        }
        Judgement place = place(tick);
        lastTime = Math.max(lastTime, tick.time());
        last = tick;
        if (!place.passed()) {
            return place;
        }
        if (tick.received() - tick.time() > rules.stale()) {
            return new Judgement(tick, Fault.STALE, millis(tick.received() - tick.time()) + " old", place.missing());
        }
        Judgement price = switch (tick) {
            case Tick.Trade trade -> price(tick, trades, trade.price());
            case Tick.Quote quote when quote.bid() > 0 && quote.ask() > 0 && quote.bid() > quote.ask() ->
                    Judgement.of(tick, Fault.CROSSED, "bid " + quote.bid() + " is above ask " + quote.ask());
            case Tick.Quote quote when quote.bid() > 0 && quote.ask() > 0 -> price(tick, quotes, (quote.bid() + quote.ask()) / 2.0);
            case Tick.Quote quote -> Judgement.good(tick);
        };
        return price.passed() ? place : new Judgement(tick, price.fault(), price.detail(), place.missing());
    }

    private static String millis(long nanos) {
        return nanos / 1_000_000 + " ms";
    }

    private Judgement place(Tick tick) {
        if (tick.sequence() == 0) {
            return last != null && same(tick, last) ? Judgement.of(tick, Fault.DUPLICATE, "the same as the one before")
                    : tick.time() < lastTime ? Judgement.of(tick, Fault.OUT_OF_ORDER, millis(lastTime - tick.time()) + " before the latest")
                    : Judgement.good(tick);
        }
        if (tick.sequence() == 1 && tick.time() > lastTime) {
            numbers.restart();
        }
        long missing = numbers.missing(tick.sequence());
        return switch (numbers.add(tick.sequence())) {
            case NEXT -> Judgement.good(tick);
            case AHEAD -> new Judgement(tick, Fault.GAP, missing + " missing before number " + tick.sequence(), missing);
            case LATE -> new Judgement(tick, Fault.OUT_OF_ORDER, "number " + tick.sequence() + " came late", -1);
            case KNOWN -> Judgement.of(tick, Fault.DUPLICATE, "number " + tick.sequence() + " was here before");
            case FORGOTTEN -> Judgement.of(tick, Fault.STALE, "number " + tick.sequence() + " is more than " + SequenceWindow.LENGTH + " behind");
        };
    }

    /** Whether they say the same, whenever they came. */
    private static boolean same(Tick one, Tick other) {
        return switch (one) {
            case Tick.Trade trade -> other instanceof Tick.Trade before && trade.time() == before.time() && trade.price() == before.price()
                    && trade.quantity() == before.quantity() && trade.taker() == before.taker();
            case Tick.Quote quote -> other instanceof Tick.Quote before && quote.time() == before.time() && quote.bid() == before.bid()
                    && quote.bidQuantity() == before.bidQuantity() && quote.ask() == before.ask() && quote.askQuantity() == before.askQuantity();
        };
    }

    private static Judgement price(Tick tick, PriceBand band, double price) {
        return band.add(price) ? Judgement.good(tick) : Judgement.of(tick, Fault.SPIKE, "expected " + band.expected());
    }

    /** Writes all that it remembers. */
    public void write(DataOutput out) throws IOException {
        numbers.write(out);
        trades.write(out);
        quotes.write(out);
        out.writeLong(lastTime);
        TickEncoding.write(out, last);
    }

    /** One that goes on where another was written, by the same rules. */
    public static FeedCheck read(QualityRules rules, DataInput in) throws IOException {
        FeedCheck check = new FeedCheck(rules);
        check.numbers.read(in);
        check.trades.read(in);
        check.quotes.read(in);
        check.lastTime = in.readLong();
        check.last = TickEncoding.read(in);
        return check;
    }
}
