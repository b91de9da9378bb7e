package io.partita.marketdata.bars;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.partita.marketdata.ticks.Tick;
import io.partita.marketdata.ticks.Tick.Taker;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BarBuilderTest {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final long BOUND = 90 * SECOND;
    private static final Taker[] TAKERS = Taker.values();

    /** Which bar. */
    private record Place(BarSize size, long start) {
    }

    private static Tick.Trade trade(long sequence, long time, long price, long quantity, Taker taker) {
        return new Tick.Trade(7, "test", sequence, time, time, price, quantity, taker);
    }

    /** Two hours of trades over midnight, some at the same time. */
    private static List<Tick.Trade> trades(Random random) {
        List<Tick.Trade> trades = new ArrayList<>();
        long time = TimeUnit.DAYS.toNanos(20_000) - TimeUnit.HOURS.toNanos(1);
        for (int i = 1; i <= 3_000; i++) {
            time += random.nextInt(5) == 0 ? 0 : random.nextLong(5 * SECOND);
            trades.add(trade(i, time, 1 + random.nextLong(1L << 40), 1 + random.nextLong(1L << 40), TAKERS[random.nextInt(3)]));
        }
        return trades;
    }

    /** As many quotes, some in the same second, and sometimes none for a while. */
    private static List<Tick.Quote> quotes(Random random) {
        List<Tick.Quote> quotes = new ArrayList<>();
        long time = TimeUnit.DAYS.toNanos(20_000) - TimeUnit.HOURS.toNanos(1);
        for (int i = 1; i <= 3_000; i++) {
            time += random.nextInt(5) == 0 ? random.nextLong(20 * SECOND) : random.nextLong(SECOND);
            long bid = 1 + random.nextLong(1_000);
            quotes.add(new Tick.Quote(7, "test", i, time, time, bid, 1, bid + 1 + random.nextLong(5), 1));
        }
        return quotes;
    }

    /** In the order in which they come: most after a second or two, some much later. */
    private static List<Tick> delayed(List<? extends Tick> trades, List<? extends Tick> quotes, Random random) {
        Map<Tick, Long> arrivals = new HashMap<>();
        Stream.concat(trades.stream(), quotes.stream()).forEach(tick ->
                arrivals.put(tick, tick.time() + random.nextLong(2 * SECOND) + (random.nextInt(10) == 0 ? random.nextLong(2 * BOUND) : 0)));
        return arrivals.keySet().stream().sorted(Comparator.<Tick, Long>comparing(arrivals::get).thenComparing(Tick::toString)).toList();
    }

    private static TradeBar quoted(TradeBar bar, List<Tick.Quote> quotes) {
        Optional<Tick.Quote> last = quotes.stream().filter(quote -> quote.time() >= bar.start() && quote.time() < bar.end())
                .max(Comparator.comparingLong(Tick.Quote::time).thenComparing(Tick.Quote::sequence));
        return quoted(bar, last.map(Tick.Quote::bid).orElse(null), last.map(Tick.Quote::ask).orElse(null));
    }

    private static TradeBar quoted(TradeBar bar, Long bid, Long ask) {
        return new TradeBar(bar.instrument(), bar.size(), bar.start(), bar.open(), bar.high(), bar.low(), bar.close(), bar.volume(), bar.turnover(), bar.trades(), bar.bought(),
                bar.sold(), bar.revision(), bid, ask);
    }

    private static TradeBar naive(BarSize size, long start, List<Tick.Trade> accepted, int revision) {
        List<Tick.Trade> inside = accepted.stream().filter(trade -> size.start(trade.time()) == start)
                .sorted(Comparator.comparingLong(Tick.Trade::time).thenComparing(Tick.Trade::sequence)).toList();
        BigInteger turnover = inside.stream().map(trade -> BigInteger.valueOf(trade.price()).multiply(BigInteger.valueOf(trade.quantity())))
                .reduce(BigInteger.ZERO, BigInteger::add);
        return new TradeBar(7, size, start, inside.getFirst().price(), inside.stream().mapToLong(Tick.Trade::price).max().orElseThrow(),
                inside.stream().mapToLong(Tick.Trade::price).min().orElseThrow(), inside.getLast().price(),
                inside.stream().mapToLong(Tick.Trade::quantity).sum(), turnover, inside.size(),
                inside.stream().filter(trade -> trade.taker() == Taker.BUYER).mapToLong(Tick.Trade::quantity).sum(),
                inside.stream().filter(trade -> trade.taker() == Taker.SELLER).mapToLong(Tick.Trade::quantity).sum(), revision);
    }

    private static BarBuilder copy(BarBuilder builder) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        builder.write(new DataOutputStream(bytes));
        return BarBuilder.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
    }

    @Test
    void the_last_revision_of_each_bar_is_made_of_all_trades_within_the_bound_in_whatever_order_they_came_and_says_what_was_last_quoted_in_it() throws IOException {
        for (long seed = 1; seed <= 10; seed++) {
            Random random = new Random(seed);
            List<Tick.Trade> accepted = new ArrayList<>();
            List<Tick.Quote> quotes = new ArrayList<>();
            List<TradeBar> told = new ArrayList<>();
            BarBuilder builder = new BarBuilder(7, BOUND);
            long latest = Long.MIN_VALUE;
            int late = 0;
            for (Tick tick : delayed(trades(random), quotes(random), random)) {
                boolean tooLate = builder.watermark() != Long.MIN_VALUE && tick.time() < builder.watermark() - BOUND;
                switch (tick) {
                    case Tick.Trade trade -> {
                        int before = told.size();
                        assertThat(builder.add(trade, told::add)).isEqualTo(!tooLate);
                        told.subList(before, told.size()).forEach(bar -> assertThat(bar).isEqualTo(quoted(bar, quotes)));
                        if (tooLate) {
                            late++;
                        } else {
                            accepted.add(trade);
                        }
                    }
                    case Tick.Quote quote -> {
                        builder.add(quote);
                        if (!tooLate) {
                            quotes.add(quote);
                        }
                    }
                }
                latest = Math.max(latest, tick.time());
                if (random.nextInt(4) == 0) {
                    int before = told.size();
                    builder.advance(latest - 2 * SECOND, told::add);
                    // A bar is told of what has come by then, all of it.
                    told.subList(before, told.size()).forEach(bar -> assertThat(bar).isEqualTo(quoted(naive(bar.size(), bar.start(), accepted, 0), quotes)));
                }
                if (random.nextInt(200) == 0) {
                    builder = copy(builder);
                }
            }
            builder.advance(Long.MAX_VALUE / 2, told::add);
            Map<Place, TradeBar> last = new HashMap<>();
            for (TradeBar bar : told) {
                TradeBar before = last.put(new Place(bar.size(), bar.start()), bar);
                assertThat(bar.revision()).isEqualTo(before == null ? 0 : before.revision() + 1);
            }
            for (BarSize size : BarSize.values()) {
                assertThat(last.keySet().stream().filter(place -> place.size() == size).count()).as("seed %d, %s", seed, size)
                        .isEqualTo(accepted.stream().mapToLong(trade -> size.start(trade.time())).distinct().count());
            }
            last.forEach((place, bar) -> assertThat(quoted(bar, null, null)).isEqualTo(naive(place.size(), place.start(), accepted, bar.revision())));
            assertThat(last.values()).anyMatch(bar -> bar.revision() > 0);
            assertThat(late).isPositive();
            assertThat(builder.held()).isZero();
        }
    }

    @Test
    void a_bar_is_told_when_its_time_is_over_and_again_when_something_comes_late() {
        List<TradeBar> told = new ArrayList<>();
        BarBuilder builder = new BarBuilder(7, 10 * SECOND);
        builder.add(trade(1, 60 * SECOND, 100, 5, Taker.BUYER), told::add);
        builder.add(trade(2, 60 * SECOND + 5, 102, 3, Taker.SELLER), told::add);
        builder.advance(61 * SECOND - 1, told::add);
        assertThat(told).isEmpty();
        builder.advance(61 * SECOND, told::add);
        assertThat(told).containsExactly(new TradeBar(7, BarSize.SECOND, 60 * SECOND, 100, 102, 100, 102, 8, BigInteger.valueOf(806), 2, 5, 3, 0));
        assertThat(told.getFirst().vwap()).isEqualTo(100.75);
        assertThat(told.getFirst().imbalance()).isEqualTo(0.25);
        builder.add(trade(3, 60 * SECOND + 3, 90, 2, Taker.UNKNOWN), told::add);
        assertThat(told.getLast()).isEqualTo(new TradeBar(7, BarSize.SECOND, 60 * SECOND, 100, 102, 90, 102, 10, BigInteger.valueOf(986), 3, 5, 3, 1));
        builder.advance(120 * SECOND, told::add);
        assertThat(told.getLast()).isEqualTo(new TradeBar(7, BarSize.MINUTE, 60 * SECOND, 100, 102, 90, 102, 10, BigInteger.valueOf(986), 3, 5, 3, 0));
        assertThat(builder.add(trade(4, 110 * SECOND - 1, 90, 2, Taker.UNKNOWN), told::add)).isFalse();
        assertThat(builder.add(trade(4, 110 * SECOND, 91, 2, Taker.UNKNOWN), told::add)).isTrue();
        assertThat(told.subList(3, told.size())).extracting(TradeBar::size).containsExactly(BarSize.SECOND, BarSize.MINUTE);
        assertThat(told.subList(3, told.size())).extracting(TradeBar::revision).containsExactly(0, 1);
        assertThat(told.getLast().close()).isEqualTo(91);
    }

    @Test
    void time_without_trades_has_no_bars_and_holds_no_memory() {
        List<TradeBar> told = new ArrayList<>();
        BarBuilder builder = new BarBuilder(7, BOUND);
        for (int day = 0; day < 50; day++) {
            builder.add(trade(day + 1, TimeUnit.DAYS.toNanos(day) + SECOND, 100 + day, 1, Taker.BUYER), told::add);
            builder.advance(TimeUnit.DAYS.toNanos(day) + 3 * BOUND, told::add);
            assertThat(builder.held()).isLessThan(8);
        }
        assertThat(told.stream().filter(bar -> bar.size() == BarSize.SECOND)).hasSize(50);
        assertThat(told.stream().filter(bar -> bar.size() == BarSize.DAY)).hasSize(49);
    }

    @Test
    void volumes_that_no_number_holds_are_refused_and_change_nothing() {
        BarBuilder builder = new BarBuilder(7, BOUND);
        builder.add(trade(1, SECOND, 1, Long.MAX_VALUE, Taker.BUYER), bar -> { });
        assertThatThrownBy(() -> builder.add(trade(2, SECOND, 1, 1, Taker.BUYER), bar -> { })).isInstanceOf(ArithmeticException.class);
        List<TradeBar> told = new ArrayList<>();
        builder.advance(2 * SECOND, told::add);
        assertThat(told).hasSize(1).first().extracting(TradeBar::trades).isEqualTo(1L);
    }
}
