package io.partita.member.trading.settlement;

import com.hazelcast.core.HazelcastInstance;
import io.micrometer.core.instrument.MeterRegistry;
import io.partita.ledger.LedgerGateway;
import io.partita.member.trading.Bell;
import io.partita.member.trading.Listing;
import io.partita.member.trading.TradingService;
import io.partita.trading.Fees;
import io.partita.trading.settlement.Leg.Part;
import io.partita.trading.settlement.TradeBookings;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Settlement on a member: one thread settles the trades of the books that the member serves, as they come. Thread-safe. */
public final class SettlementService implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SettlementService.class);
    /** So often it looks without being told: for what other members were asked, and for the day. */
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long PAUSE_MILLIS = 500;
    /** So long trades gather before the next round: it costs the books less, and nobody waits for it. */
    private static final long GATHER_MILLIS = 20;
    /** While books are traded in, so many times as long as a round took passes before the next: orders have somebody who waits, settlement has not. */
    private static final long GIVE_WAY = 3;
    private static final long LONGEST_PAUSE_MILLIS = 1_000;
    /** The furthest that the settlement day may be ahead of the calendar. */
    private static final int MOST_DAYS_AHEAD = 31;

    private final TradingService trading;
    private final TradeQueries queries;
    private final Adjustments adjustments;
    private final SettlementDay day;
    private final Settler settler;
    private final SettlementMeters meters;
    private final Bell work = new Bell();
    private volatile boolean closing;
    private Thread thread;

    SettlementService(HazelcastInstance hazelcast, DataSource database, LedgerGateway ledger, TradingService trading, TradingAccounts accounts,
                      MeterRegistry registry, InstantSource clock) {
        this.trading = trading;
        queries = new TradeQueries(database);
        adjustments = new Adjustments(database);
        day = new SettlementDay(clock, queries);
        meters = new SettlementMeters(registry, clock);
        settler = new Settler(new SettlementStore(database), queries, accounts, day, new PositionMap(hazelcast), meters,
                new LedgerRun(ledger));
    }

    SettlementService start() {
        trading.whenTraded(work);
        thread = Thread.ofPlatform().daemon().name("settlement").start(this::settle);
        return this;
    }

    private void settle() {
        String lastFailure = null;
        while (!closing) {
            try {
                long began = System.nanoTime();
                if (settler.round(trading.local())) {
                    long took = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
                    pause(trading.busy() ? Math.clamp(GIVE_WAY * took, GATHER_MILLIS, LONGEST_PAUSE_MILLIS) : GATHER_MILLIS);
                } else {
                    work.await(LOOK_NANOS);
                }
                lastFailure = null;
            } catch (InterruptedException stop) {
                return;
            } catch (SQLException | RuntimeException failure) {
                // While the database is away every round gets here: one line is enough.
                if (!failure.toString().equals(lastFailure)) {
                    LOG.warn("Settlement waits: {}", failure.toString());
                }
                lastFailure = failure.toString();
                pause(PAUSE_MILLIS);
            }
        }
    }

    private void pause(long millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    // ---- questions and requests ------------------------------------------------------------------------------------------

    public TradeQueries queries() {
        return queries;
    }

    /** Up to which day trades are settled. */
    public LocalDate today() throws SQLException {
        return day.today();
    }

    /** Has trades settled up to a day that the calendar has not reached; false if that is too far ahead. */
    public boolean advance(LocalDate to) throws SQLException {
        if (to.isAfter(day.calendar().plusDays(MOST_DAYS_AHEAD))) {
            return false;
        }
        queries.advance(to);
        work.ring();
        return true;
    }

    /** Asks for a bust. What comes of it shows in the trade's revisions. */
    public Asked bust(Listing listing, long number, UUID id, String note) throws SQLException {
        return asked(adjustments.ask(listing.instrument(), number, id, Change.BUST, note));
    }

    /** Asks for a correction: of price, quantity, or both; null stays as it is. What comes of it shows in the trade's revisions. Fees are those of the new values. */
    public Asked correct(Listing listing, long number, UUID id, Long price, Long quantity, String note) throws SQLException {
        return asked(adjustments.ask(listing.instrument(), number, id, new Change(false, price, quantity, listing.rules().fees()), note));
    }

    private Asked asked(Asked asked) {
        work.ring();
        return asked;
    }

    /** Has a trade that was not settled tried once more; why not, or null if it will be. */
    public AdjustmentRefusal retry(Listing listing, long number) throws SQLException {
        AdjustmentRefusal refusal = adjustments.retry(listing.instrument(), number);
        work.ring();
        return refusal;
    }

    /** The transfers by which a trade is in the ledger, by what they are for; empty for one that is not. */
    public Map<Part, UUID> transfers(Listing listing, TradeRecord trade) throws SQLException {
        Map<Part, UUID> ids = new EnumMap<>(Part.class);
        boolean booked = switch (trade.status()) {
            case SETTLED, PENDING -> true;
            case FAILED -> trade.setAside();
            case NOT_SETTLED, QUEUED, BUSTED -> false;
        };
        if (booked) {
            TradeBookings bookings = Settler.bookings(listing, trade, queries.corrections(trade));
            for (Part part : Part.values()) {
                UUID id = bookings.transferId(part);
                if (id != null) {
                    ids.put(part, id);
                }
            }
        }
        return ids;
    }

    @Override
    public void close() {
        closing = true;
        thread.interrupt();
        try {
            thread.join(Duration.ofSeconds(10));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
