package io.partita.pipelines.positions;

import static org.assertj.core.api.Assertions.assertThat;

import io.partita.marketdata.stream.MarketInstrument;
import io.partita.marketdata.stream.TickBatch;
import io.partita.marketdata.ticks.QualityRules;
import io.partita.marketdata.ticks.Tick;
import io.partita.positions.live.LiveMark;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class LastPriceTest {

    private static final long FROM = 1_790_000_000L * 1_000_000_000;
    private static final long STEP = 100_000_000;
    private static final MarketInstrument SHARE = new MarketInstrument(1, "ONE", "EUR", 2);

    private static Tick.Trade trade(long sequence, long time, long received, long price) {
        return new Tick.Trade(1, "feed", sequence, time, received, price, 10, Tick.Taker.BUYER);
    }

    private static LastPrice fresh() {
        return LastPrice.of(QualityRules.USUAL, List.of("feed"));
    }

    private static LastPrice copy(LastPrice price) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        price.write(new DataOutputStream(bytes));
        return LastPrice.read(QualityRules.USUAL, new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
    }

    @Test
    void late_doubled_and_corrected_trades_leave_the_price_that_was_made_last_also_from_snapshots() throws IOException {
        for (long seed = 1; seed <= 100; seed++) {
            Random random = new Random(seed);
            List<Tick.Trade> sent = new ArrayList<>();
            List<Tick.Trade> come = new ArrayList<>();
            for (int i = 1; i <= 300; i++) {
                long time = FROM + i * STEP;
                Tick.Trade trade = trade(i, time, time + 1_000_000, 1_000 + random.nextInt(10));
                sent.add(trade);
                // Some come up to ten places late, some twice.
                come.add(Math.max(0, come.size() - (random.nextInt(4) == 0 ? random.nextInt(10) : 0)), trade);
                if (random.nextInt(5) == 0) {
                    come.add(come.size() - random.nextInt(Math.min(5, come.size())), trade);
                }
            }
            LastPrice price = fresh();
            TreeMap<Long, Tick.Trade> byTime = new TreeMap<>();
            Tick.Trade last = null;
            long received = 0;
            for (Tick.Trade each : come) {
                // It comes here when it comes.
                received = Math.max(received + 1, each.received());
                Tick.Trade trade = trade(each.sequence(), each.time(), received, each.price());
                byTime.putIfAbsent(trade.time(), trade);
                last = told(price, trade).orElse(last);
                assertThat(last).as("seed %s", seed).isNotNull().isEqualTo(byTime.lastEntry().getValue());
                if (random.nextInt(10) == 0) {
                    Tick.Trade corrected = trade(last.sequence(), last.time(), ++received, last.price() + 1 + random.nextInt(3));
                    byTime.put(corrected.time(), corrected);
                    last = told(price, corrected).orElseThrow();
                    assertThat(last).as("seed %s", seed).isEqualTo(corrected);
                }
                if (random.nextInt(20) == 0) {
                    price = copy(price);
                }
            }
            assertThat(sent).hasSize(300);
        }
    }

    private static Optional<Tick.Trade> told(LastPrice price, Tick.Trade trade) {
        return price.add(TickBatch.of(1, List.of(trade)));
    }

    @Test
    void what_was_replaced_may_be_corrected_and_marks_nothing() {
        LastPrice price = fresh();
        told(price, trade(1, FROM, FROM, 1_000));
        told(price, trade(2, FROM + STEP, FROM + STEP, 1_001));
        assertThat(told(price, trade(1, FROM, FROM + 2 * STEP, 900))).as("the one before").isEmpty();
        assertThat(told(price, trade(2, FROM + STEP, FROM + STEP, 1_005))).as("not told later").isEmpty();
        assertThat(told(price, trade(2, FROM + STEP, FROM + 2 * STEP, 1_005))).isPresent();
        assertThat(told(price, trade(2, FROM + STEP, FROM + 2 * STEP, 1_005))).as("twice").isEmpty();
    }

    @Test
    void a_price_far_off_marks_nothing_until_others_agree() {
        LastPrice price = fresh();
        for (int i = 1; i <= 70; i++) {
            told(price, trade(i, FROM + i * STEP, FROM + i * STEP, 1_000 + i % 3));
        }
        assertThat(told(price, trade(71, FROM + 71 * STEP, FROM + 71 * STEP, 2_000))).isEmpty();
        assertThat(told(price, trade(72, FROM + 72 * STEP, FROM + 72 * STEP, 1_001))).isPresent();
    }

    @Test
    void a_mark_has_the_price_in_the_currency_and_where_it_came_from() {
        LiveMark mark = Traded.of(trade(7, FROM, FROM + 5, 1_234)).mark(SHARE);
        assertThat(mark.price().toString()).isEqualTo("12.34");
        assertThat(List.of(mark.symbol(), mark.source(), mark.time(), mark.number(), mark.received())).isEqualTo(List.of("ONE", "feed", FROM, 7L, FROM + 5));
    }
}
