package io.partita.trading.risk;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * What was located for an account's short sales. A sale uses what expires first; what is no longer owed is returned to what expires last, so that it can be
 * sold again for as long as possible. What has expired lends nothing new, and stays with what is owed. Not thread-safe.
 */
final class Locates {

    /** By expiry, and then by id. */
    private final List<Line> lines = new ArrayList<>();

    private static final class Line {
        private final Locate locate;
        private long used;

        Line(Locate locate) {
            this.locate = locate;
        }
    }

    /** One that is known changes nothing. */
    void add(Locate locate) {
        if (lines.stream().noneMatch(line -> line.locate.id() == locate.id())) {
            lines.add(new Line(locate));
            lines.sort(Comparator.<Line>comparingLong(line -> line.locate.expires()).thenComparingLong(line -> line.locate.id()));
        }
    }

    private Stream<Line> of(long instrument) {
        return lines.stream().filter(line -> line.locate.instrument() == instrument);
    }

    /** Units that may be sold at a time. */
    long free(long instrument, long now) {
        return of(instrument).filter(line -> line.locate.expires() > now).mapToLong(line -> line.locate.quantity() - line.used)
                .reduce(0, Locates::capped);
    }

    private static long capped(long one, long more) {
        return one > Long.MAX_VALUE - more ? Long.MAX_VALUE : one + more;
    }

    /** A sale of so many units beyond what is held begins; there are as many free. */
    void use(long instrument, long units, long now) {
        long left = units;
        for (Line line : lines) {
            if (left > 0 && line.locate.instrument() == instrument && line.locate.expires() > now) {
                long taken = Math.min(left, line.locate.quantity() - line.used);
                line.used += taken;
                left -= taken;
            }
        }
    }

    /** No more than this is owed, all open sales filled: the rest is returned. */
    void owed(long instrument, long units) {
        if (lines.isEmpty()) {
            return;
        }
        long more = of(instrument).mapToLong(line -> line.used).sum() - units;
        for (int i = lines.size() - 1; i >= 0 && more > 0; i--) {
            Line line = lines.get(i);
            if (line.locate.instrument() == instrument) {
                long returned = Math.min(more, line.used);
                line.used -= returned;
                more -= returned;
            }
        }
    }

    /** Begins anew with nothing in use. */
    void begin(List<Locate> known) {
        lines.clear();
        known.forEach(this::add);
    }

    /** So much is owed already: what expires first is in use for it, whether it has expired or not. */
    void begin(long instrument, long owed) {
        use(instrument, owed, 0);
    }

    List<LocateView> views() {
        return lines.stream().map(line -> new LocateView(line.locate, line.used)).toList();
    }

    void write(DataOutput out) throws IOException {
        out.writeInt(lines.size());
        for (Line line : lines) {
            line.locate.write(out);
            out.writeLong(line.used);
        }
    }

    /** Into an empty one. */
    void read(DataInput in) throws IOException {
        for (int count = in.readInt(); count > 0; count--) {
            Line line = new Line(Locate.read(in));
            line.used = in.readLong();
            lines.add(line);
        }
    }
}
