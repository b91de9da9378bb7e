package io.partita.risk.margin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.partita.money.Currency;
import io.partita.risk.LimitRefusal;
import io.partita.risk.LimitRefused;
import io.partita.risk.Measure;
import io.partita.risk.Tail;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MarginCallTest {

    private static final MarginTerms TERMS = terms(7_500, 0);
    private static final Instant START = Instant.parse("2026-01-05T09:00:00Z");

    private static MarginTerms terms(int maintenance, long smallest) {
        return new MarginTerms(7, Currency.of("EUR"), Measure.EXPECTED_SHORTFALL, Tail.DAILY, maintenance, Duration.ofHours(1), smallest, true);
    }

    /** An account with so much equity that needs 100. */
    private static MarginStanding equity(long equity) {
        return MarginStanding.of(TERMS, equity - 30, 50, -20, 90, 10);
    }

    private static MarginCall issued(long equity) {
        return MarginCall.issue(TERMS, equity(equity), START).orElseThrow().withNumber(1);
    }

    @Test
    void a_call_is_for_the_initial_margin_once_the_maintenance_margin_is_missed() {
        assertThat(equity(75).maintenance()).isEqualTo(75);
        assertThat(MarginCall.issue(TERMS, equity(75), START)).isEmpty();
        assertThat(issued(74)).isEqualTo(new MarginCall(1, 7, 26, 26, CallStatus.ISSUED, START, START.plusSeconds(3_600), 0, null));
        assertThat(MarginCall.issue(terms(7_500, 27), equity(74), START)).as("too little").isEmpty();
        assertThat(MarginCall.issue(terms(7_500, 26), equity(74), START)).isPresent();
        assertThat(MarginCall.issue(TERMS, MarginStanding.of(TERMS, 0, 0, 0, 0, 0), START)).as("nothing is held").isEmpty();
    }

    @Test
    void a_call_is_met_in_parts_or_whole_before_the_deadline() {
        MarginCall part = issued(50).at(equity(60), START.plusSeconds(3_599));
        assertThat(part).extracting(MarginCall::status, MarginCall::outstanding).containsExactly(CallStatus.PARTLY_MET, 40L);
        assertThat(part.at(equity(40), START.plusSeconds(1)).status()).as("worse again").isEqualTo(CallStatus.ISSUED);
        MarginCall met = part.at(equity(100), START.plusSeconds(3_599));
        assertThat(met).extracting(MarginCall::status, MarginCall::endedAt).containsExactly(CallStatus.MET, START.plusSeconds(3_599));
        assertThat(met.at(equity(0), START.plusSeconds(9_999))).as("it is over").isEqualTo(met);
    }

    @Test
    void a_call_is_overdue_when_its_deadline_comes_and_may_still_be_met_until_positions_are_closed() {
        MarginCall late = issued(50).at(equity(60), START.plusSeconds(3_600));
        assertThat(late.status()).isEqualTo(CallStatus.OVERDUE);
        assertThat(late.at(equity(100), START.plusSeconds(3_601)).status()).isEqualTo(CallStatus.MET);
        assertThat(issued(50).late(START.plusSeconds(3_600)).status()).as("nobody knows where it stands").isEqualTo(CallStatus.OVERDUE);
        assertThat(issued(50).late(START.plusSeconds(3_599)).status()).isEqualTo(CallStatus.ISSUED);
        MarginCall liquidating = late.liquidating();
        assertThat(liquidating).extracting(MarginCall::status, MarginCall::attempt).containsExactly(CallStatus.LIQUIDATING, 1);
        assertThat(liquidating.attempted(false, START)).extracting(MarginCall::status, MarginCall::attempt).containsExactly(CallStatus.LIQUIDATING, 2);
        assertThat(liquidating.attempted(true, START)).extracting(MarginCall::status, MarginCall::endedAt).containsExactly(CallStatus.CLOSED, START);
        assertThat(liquidating.at(equity(100), START).status()).isEqualTo(CallStatus.CLOSED);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void nothing_is_ever_closed_before_the_deadline(long seed) {
        Random random = new Random(seed);
        Set<CallStatus> seen = EnumSet.noneOf(CallStatus.class);
        for (int run = 0; run < 500; run++) {
            Instant now = START;
            MarginCall call = issued(random.nextInt(75));
            for (int step = 0; step < 40 && !call.status().over(); step++) {
                now = now.plusSeconds(random.nextInt(300));
                long equity = random.nextInt(130) - 10;
                MarginCall before = call;
                call = random.nextInt(5) == 0 ? call.late(now) : call.at(equity(equity), now);
                if (call.status() == CallStatus.OVERDUE && random.nextBoolean()) {
                    call = call.liquidating();
                } else if (call.status() == CallStatus.LIQUIDATING) {
                    call = call.attempted(random.nextInt(3) == 0, now);
                }
                seen.add(call.status());
                assertThat(now.isBefore(call.deadline()) && EnumSet.of(CallStatus.OVERDUE, CallStatus.LIQUIDATING, CallStatus.CLOSED).contains(call.status())).isFalse();
                assertThat(call.status().over()).isEqualTo(call.endedAt() != null);
                assertThat(call.deadline()).isEqualTo(before.deadline());
                if (call.status() != CallStatus.OVERDUE) {
                    assertThatThrownBy(call::liquidating).isInstanceOf(IllegalStateException.class);
                }
            }
        }
        assertThat(seen).isEqualTo(EnumSet.allOf(CallStatus.class));
    }

    @Test
    void the_maintenance_margin_is_the_exact_share_rounded_up_for_any_amount() {
        Random random = new Random(5);
        for (int i = 0; i < 100_000; i++) {
            MarginTerms terms = terms(1 + random.nextInt(10_000), 0);
            long initial = random.nextLong() >>> (1 + random.nextInt(62));
            BigInteger[] exact = BigInteger.valueOf(initial).multiply(BigInteger.valueOf(terms.maintenance())).divideAndRemainder(BigInteger.valueOf(10_000));
            assertThat(terms.maintenance(initial)).isEqualTo(exact[0].add(exact[1].signum() > 0 ? BigInteger.ONE : BigInteger.ZERO).longValueExact());
        }
    }

    @Test
    void amounts_that_do_not_fit_are_no_standing() {
        assertThatThrownBy(() -> MarginStanding.of(TERMS, Long.MAX_VALUE, 1, 0, 0, 0)).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> MarginStanding.of(TERMS, Long.MIN_VALUE, 0, 0, 1, 0)).isInstanceOf(ArithmeticException.class);
        assertThat(MarginStanding.of(TERMS, Long.MAX_VALUE, 0, 0, Long.MAX_VALUE, 0).shortfall()).isZero();
    }

    @Test
    void what_is_no_term_is_refused() {
        for (Runnable wrong : new Runnable[] {() -> terms(0, 0), () -> terms(10_001, 0), () -> terms(1, -1),
            () -> new MarginTerms(7, Currency.of("EUR"), Measure.VALUE_AT_RISK, Tail.DAILY, 1, Duration.ofSeconds(59), 0, true),
            () -> new MarginTerms(7, Currency.of("EUR"), Measure.VALUE_AT_RISK, Tail.DAILY, 1, Duration.ofDays(31), 0, true)}) {
            assertThatThrownBy(wrong::run).isInstanceOfSatisfying(LimitRefused.class, refused -> assertThat(refused.code()).isEqualTo(LimitRefusal.MARGIN_TERMS_OUT_OF_RANGE));
        }
        assertThatThrownBy(() -> new MarginTerms(7, Currency.of("EUR"), Measure.DAY_LOSS, Tail.DAILY, 1, Duration.ofDays(1), 0, true))
                .isInstanceOfSatisfying(LimitRefused.class, refused -> assertThat(refused.code()).isEqualTo(LimitRefusal.TAIL_OUT_OF_RANGE));
    }
}
