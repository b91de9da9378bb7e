package io.partita.marketdata.stream;

import io.partita.marketdata.ticks.FeedCheck;
import io.partita.marketdata.ticks.Tick;
import io.partita.time.EpochNanos;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Records, fields by name as text, become ticks: of requests, of files, of messages. Thread-safe. */
public final class TickRecords {

    /** The source of ticks that the books of the grid are. */
    public static final String BOOKS = "grid";
    /** What {@link #isSource} asks for, in words. */
    public static final String SOURCE_RULE = "is a name of letters, digits and ._- (up to 32), perhaps with /line (up to 16); " + BOOKS
            + " is taken by the books of the grid";
    private static final Pattern SOURCE = Pattern.compile("[A-Za-z0-9._-]{1,32}(/[A-Za-z0-9._-]{1,16})?");
    private static final int LONGEST = 64;
    private static final int MOST_DECIMALS = 30;

    private final Function<String, Optional<MarketInstrument>> instruments;

    /** What a record is: a tick, or the reason why it is none. */
    public sealed interface Reading {

        record Read(Tick tick) implements Reading {
        }

        record Refused(TickRefusal code, String detail) implements Reading {
        }
    }

    /** Told within only; carries no stack trace. */
    private static final class Unreadable extends RuntimeException {

        private final TickRefusal code;

        Unreadable(TickRefusal code, String detail) {
            super(detail, null, false, false);
            this.code = code;
        }
    }

    public TickRecords(Function<String, Optional<MarketInstrument>> instruments) {
        this.instruments = instruments;
    }

    /** Whether somebody's ticks may be called so. */
    public static boolean isSource(String name) {
        return SOURCE.matcher(name).matches() && !name.equals(BOOKS) && !name.startsWith(BOOKS + "/");
    }

    /**
     * Reads one record.
     *
     * @param fields a field's text by its name; null where there is none
     * @param now    in nanoseconds since 1970
     */
    public Reading read(String source, Function<String, String> fields, long now) {
        try {
            Tick tick = tick(source, fields, now);
            String wrong = FeedCheck.schema(tick, _ -> true);
            return wrong.isEmpty() ? new Reading.Read(tick) : new Reading.Refused(TickRefusal.UNREADABLE, wrong);
        } catch (Unreadable wrong) {
            return new Reading.Refused(wrong.code, wrong.getMessage());
        }
    }

    private Tick tick(String source, Function<String, String> fields, long now) {
        String symbol = fields.apply("symbol");
        if (symbol == null) {
            throw new Unreadable(TickRefusal.MALFORMED_RECORD, "there is no symbol");
        }
        MarketInstrument instrument = instruments.apply(symbol).orElseThrow(() -> new Unreadable(TickRefusal.UNKNOWN_INSTRUMENT, clipped(symbol)));
        long time = time(fields.apply("time"));
        long sequence = sequence(fields.apply("sequence"));
        if (fields.apply("price") != null) {
            return new Tick.Trade(instrument.id(), source, sequence, time, now, price(instrument, fields.apply("price")), whole(fields.apply("quantity")),
                    taker(fields.apply("taker")));
        }
        if (fields.apply("bid") == null && fields.apply("ask") == null) {
            throw new Unreadable(TickRefusal.MALFORMED_RECORD, "there is neither a price nor a bid or an ask");
        }
        return new Tick.Quote(instrument.id(), source, sequence, time, now, side(instrument, fields.apply("bid")), size(fields.apply("bidQuantity")),
                side(instrument, fields.apply("ask")), size(fields.apply("askQuantity")));
    }

    private static long side(MarketInstrument instrument, String price) {
        return price == null ? 0 : price(instrument, price);
    }

    private static long size(String quantity) {
        return quantity == null ? 0 : whole(quantity);
    }

    private static long price(MarketInstrument instrument, String text) {
        try {
            BigDecimal price = text.length() > LONGEST ? BigDecimal.ZERO : new BigDecimal(text);
            if (price.signum() > 0 && Math.abs(price.scale()) <= MOST_DECIMALS) {
                return instrument.ticks(price);
            }
        } catch (ArithmeticException | NumberFormatException wrong) {
            // Told below.
        }
        throw new Unreadable(TickRefusal.BAD_PRICE, clipped(text));
    }

    private static long whole(String text) {
        try {
            if (text != null && text.length() <= LONGEST) {
                return Long.parseLong(text);
            }
        } catch (NumberFormatException wrong) {
            // Told below.
        }
        throw new Unreadable(TickRefusal.BAD_QUANTITY, clipped(text));
    }

    private static long sequence(String text) {
        try {
            long sequence = text == null || text.isEmpty() ? 0 : Long.parseLong(text);
            if (sequence >= 0) {
                return sequence;
            }
        } catch (NumberFormatException wrong) {
            // Told below.
        }
        throw new Unreadable(TickRefusal.BAD_SEQUENCE, clipped(text));
    }

    private static Tick.Taker taker(String text) {
        return switch (text) {
            case null -> Tick.Taker.UNKNOWN;
            case "" -> Tick.Taker.UNKNOWN;
            case "BUYER" -> Tick.Taker.BUYER;
            case "SELLER" -> Tick.Taker.SELLER;
            case "UNKNOWN" -> Tick.Taker.UNKNOWN;
            default -> throw new Unreadable(TickRefusal.BAD_TAKER, clipped(text));
        };
    }

    private static long time(String text) {
        try {
            if (text != null && text.length() <= LONGEST) {
                return text.chars().allMatch(Character::isDigit) && !text.isEmpty() ? Long.parseLong(text) : EpochNanos.of(OffsetDateTime.parse(text).toInstant());
            }
        } catch (NumberFormatException | ArithmeticException | DateTimeException wrong) {
            // Told below.
        }
        throw new Unreadable(TickRefusal.BAD_TIME, clipped(text));
    }

    private static String clipped(String text) {
        return text == null ? "absent" : text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "...";
    }
}
