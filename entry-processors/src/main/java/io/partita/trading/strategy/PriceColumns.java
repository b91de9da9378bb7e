package io.partita.trading.strategy;

import io.partita.time.EpochNanos;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/**
 * Where a file of prices has what, by the names in its header: {@code date}, {@code time}, or a name with {@code epoch_s}, {@code epoch_ms} or
 * {@code epoch_ns}, which is when a bar begins, or ends if the name begins with {@code end}; {@code open}, {@code high}, {@code low},
 * {@code close} and {@code volume}, also behind the name of the instrument and a dot; or one {@code price}, and {@code quantity} or
 * {@code size}; {@code symbol}, {@code name} or {@code stock}. Upper and lower case are the same.
 */
final class PriceColumns {

    private static final DateTimeFormatter MONTHS = DateTimeFormatter.ofPattern("MMM d yyyy", Locale.ENGLISH);

    private final int time;
    private final long nanosOfUnit;
    private final boolean endsAtTime;
    private final int open;
    private final int high;
    private final int low;
    private final int close;
    private final int volume;
    private final int symbol;

    private PriceColumns(List<String> header) {
        time = find(header, "date", "time", "epoch");
        if (time < 0) {
            throw new IllegalArgumentException("no column has a time: " + String.join(", ", header));
        }
        String name = header.get(time).toLowerCase(Locale.ROOT);
        nanosOfUnit = name.contains("epoch_ms") ? 1_000_000 : name.contains("epoch_ns") ? 1 : name.contains("epoch") ? 1_000_000_000 : 0;
        endsAtTime = name.startsWith("end");
        int price = exact(header, "price");
        close = price >= 0 ? price : exact(header, "close");
        open = price >= 0 ? price : exact(header, "open");
        high = price >= 0 ? price : exact(header, "high");
        low = price >= 0 ? price : exact(header, "low");
        if (close < 0 || open < 0 || high < 0 || low < 0) {
            throw new IllegalArgumentException("neither price nor open, high, low and close are among the columns: " + String.join(", ", header));
        }
        volume = first(exact(header, "volume"), exact(header, "quantity"), exact(header, "size"));
        symbol = first(exact(header, "symbol"), exact(header, "name"), exact(header, "stock"));
    }

    static PriceColumns of(List<String> header) {
        return new PriceColumns(header);
    }

    private static int exact(List<String> header, String name) {
        for (int i = 0; i < header.size(); i++) {
            String column = header.get(i).strip().toLowerCase(Locale.ROOT);
            if (column.equals(name) || column.endsWith("." + name)) {
                return i;
            }
        }
        return -1;
    }

    private static int find(List<String> header, String... parts) {
        for (int i = 0; i < header.size(); i++) {
            for (String part : parts) {
                if (header.get(i).toLowerCase(Locale.ROOT).contains(part)) {
                    return i;
                }
            }
        }
        return -1;
    }

    private static int first(int... places) {
        for (int place : places) {
            if (place >= 0) {
                return place;
            }
        }
        return -1;
    }

    boolean ticks() {
        return open == close;
    }

    boolean endsAtTime() {
        return endsAtTime;
    }

    /** Whether a row is about an instrument. */
    boolean about(List<String> fields, String wanted) {
        return symbol < 0 || wanted == null || symbol < fields.size() && fields.get(symbol).strip().equals(wanted);
    }

    long time(List<String> fields) {
        String text = fields.get(time).strip();
        if (nanosOfUnit > 0) {
            return Math.multiplyExact(Long.parseLong(text), nanosOfUnit);
        }
        Instant moment = text.indexOf('T') > 0 ? Instant.parse(text)
                : (text.indexOf('-') > 0 ? LocalDate.parse(text) : LocalDate.parse(text, MONTHS)).atStartOfDay(ZoneOffset.UTC).toInstant();
        return EpochNanos.of(moment);
    }

    String open(List<String> fields) {
        return fields.get(open);
    }

    String high(List<String> fields) {
        return fields.get(high);
    }

    String low(List<String> fields) {
        return fields.get(low);
    }

    String close(List<String> fields) {
        return fields.get(close);
    }

    String volume(List<String> fields) {
        return volume < 0 || volume >= fields.size() || fields.get(volume).isBlank() ? "0" : fields.get(volume);
    }

    /** A day without prices, as some files have it. */
    boolean empty(List<String> fields) {
        return fields.size() > Math.max(Math.max(open, high), Math.max(low, close))
                && (fields.get(open).isBlank() || fields.get(high).isBlank() || fields.get(low).isBlank() || fields.get(close).isBlank());
    }
}
