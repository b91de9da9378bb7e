package io.partita.risk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.partita.money.Currency;
import io.partita.risk.Breach.Acknowledged;
import io.partita.risk.BreachChange.Kind;
import io.partita.risk.Figure.Known;
import io.partita.risk.Figure.Unknown;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BreachTest {

    private static final RiskLimit LIMIT = limit(10, 20);
    private static final Instant START = Instant.parse("2026-01-05T09:00:00Z");

    private static RiskLimit limit(long soft, long hard) {
        return new RiskLimit("l", Scope.PORTFOLIO, "house", Measure.GROSS_EXPOSURE, Currency.of("EUR"), new Levels(soft, hard), null, true);
    }

    private static BreachChange change(Breach open, Figure figure) {
        return BreachChange.of(LIMIT, open, figure, START);
    }

    private static Breach raised(long value) {
        BreachChange change = change(null, new Known(value, 0));
        assertThat(change.kind()).isEqualTo(Kind.RAISED);
        return change.breach().withNumber(1);
    }

    @Test
    void a_figure_on_a_level_is_within_it() {
        assertThat(LIMIT.state(new Known(10, 0))).isEqualTo(LimitState.OK);
        assertThat(LIMIT.state(new Known(11, 0))).isEqualTo(LimitState.SOFT);
        assertThat(LIMIT.state(new Known(20, 0))).isEqualTo(LimitState.SOFT);
        assertThat(LIMIT.state(new Known(21, 0))).isEqualTo(LimitState.HARD);
        assertThat(LIMIT.state(new Unknown("MISSING_RATE"))).isEqualTo(LimitState.UNKNOWN);
    }

    @Test
    void what_was_acknowledged_ends_when_it_escalates_and_not_when_it_eases() {
        Acknowledged by = new Acknowledged("ada", "seen", START);
        Breach soft = raised(15).acknowledged(by);
        assertThat(change(soft, new Known(16, 0)).breach().acknowledged()).isEqualTo(by);
        Breach hard = change(soft, new Known(21, 0)).breach();
        assertThat(hard.acknowledged()).isNull();
        assertThat(hard.escalatedAt()).isEqualTo(START);
        Breach seen = hard.acknowledged(by);
        assertThat(change(seen, new Known(12, 0))).extracting(BreachChange::kind, one -> one.breach().acknowledged()).containsExactly(Kind.EASED, by);
    }

    @Test
    void the_same_acknowledgement_once_more_is_the_same_and_another_is_refused() {
        Breach seen = raised(15).acknowledged(new Acknowledged("ada", "seen", START));
        assertThat(seen.acknowledged(new Acknowledged("ada", "seen", START.plusSeconds(9)))).isEqualTo(seen);
        assertThatThrownBy(() -> seen.acknowledged(new Acknowledged("grace", "seen", START))).isInstanceOfSatisfying(LimitRefused.class,
                refused -> assertThat(refused.code()).isEqualTo(LimitRefusal.BREACH_ACKNOWLEDGED));
        Breach over = change(raised(15), new Known(1, 0)).breach();
        assertThatThrownBy(() -> over.acknowledged(new Acknowledged("ada", "seen", START))).isInstanceOfSatisfying(LimitRefused.class,
                refused -> assertThat(refused.code()).isEqualTo(LimitRefusal.BREACH_CLEARED));
    }

    @Test
    void prices_that_go_missing_end_no_breach_and_ease_none() {
        Breach hard = raised(25);
        assertThat(change(hard, new Known(5, 1))).isEqualTo(new BreachChange(Kind.NONE, hard));
        assertThat(change(hard, new Known(15, 1))).isEqualTo(new BreachChange(Kind.NONE, hard));
        assertThat(change(hard, new Unknown("MISSING_RATE"))).isEqualTo(new BreachChange(Kind.NONE, hard));
        assertThat(change(hard, new Known(5, 0)).kind()).isEqualTo(Kind.CLEARED);
        Breach without = change(hard, new Known(30, 2)).breach();
        assertThat(without.left()).as("where it was largest").isEqualTo(2);
        assertThat(change(without, new Known(5, 2)).kind()).isEqualTo(Kind.CLEARED);
    }

    /** What a limit without memory would say of each figure, and what follows from two of them. */
    private static List<Kind> naive(List<Figure> figures) {
        List<Kind> happened = new ArrayList<>();
        String before = "OK";
        for (Figure figure : figures) {
            String now = figure instanceof Known known ? known.value() > 20 ? "HARD" : known.value() > 10 ? "SOFT" : "OK" : before;
            happened.add(switch (before + now) {
                case "OKSOFT", "OKHARD" -> Kind.RAISED;
                case "SOFTHARD" -> Kind.ESCALATED;
                case "HARDSOFT" -> Kind.EASED;
                case "SOFTOK", "HARDOK" -> Kind.CLEARED;
                default -> Kind.NONE;
            });
            before = now;
        }
        return happened;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void any_figures_in_any_order_raise_and_clear_each_breach_once(long seed) {
        Random random = new Random(seed);
        List<Figure> figures = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            figures.add(random.nextInt(10) == 0 ? new Unknown("MISSING_RATE") : new Known(random.nextInt(30), 0));
        }
        List<Kind> happened = new ArrayList<>();
        Breach open = null;
        long peak = 0;
        int raised = 0;
        for (Figure figure : figures) {
            BreachChange change = change(open, figure);
            happened.add(change.kind());
            assertThat(BreachChange.of(LIMIT, change.breach() == null || !change.breach().open() ? null : change.breach(), figure, START).kind())
                    .as("the same figure again").isEqualTo(Kind.NONE);
            open = change.kind() == Kind.CLEARED ? null : change.breach();
            raised += change.kind() == Kind.RAISED ? 1 : 0;
            peak = open == null ? 0 : Math.max(change.kind() == Kind.RAISED ? 0 : peak, figure instanceof Known known ? known.value() : 0);
            if (open != null) {
                assertThat(open.peak()).isEqualTo(peak);
            }
        }
        assertThat(happened).isEqualTo(naive(figures));
        assertThat(raised).isGreaterThan(50);
    }

    @Test
    void what_is_no_limit_is_refused_with_what_is_wrong() {
        Currency eur = Currency.of("EUR");
        Levels levels = new Levels(1, 2);
        refused(LimitRefusal.LEVELS_REVERSED, () -> new Levels(3, 2));
        refused(LimitRefusal.LEVELS_REVERSED, () -> new Levels(-1, 2));
        refused(LimitRefusal.MALFORMED_LIMIT_CODE, () -> new RiskLimit("Up", Scope.PORTFOLIO, "house", Measure.DAY_LOSS, eur, levels, null, true));
        refused(LimitRefusal.MALFORMED_TARGET, () -> new RiskLimit("l", Scope.ACCOUNT, "house", Measure.DAY_LOSS, eur, levels, null, true));
        refused(LimitRefusal.MALFORMED_TARGET, () -> new RiskLimit("l", Scope.ACCOUNT, "9223372036854775808", Measure.DAY_LOSS, eur, levels, null, true));
        refused(LimitRefusal.MEASURE_NOT_OF_SCOPE, () -> new RiskLimit("l", Scope.COUNTERPARTY, "north", Measure.DAY_LOSS, eur, levels, null, true));
        refused(LimitRefusal.MEASURE_NOT_OF_SCOPE, () -> new RiskLimit("l", Scope.PORTFOLIO, "house", Measure.COUNTERPARTY_EXPOSURE, eur, levels, null, true));
        refused(LimitRefusal.TAIL_OUT_OF_RANGE, () -> new RiskLimit("l", Scope.PORTFOLIO, "house", Measure.VALUE_AT_RISK, eur, levels, null, true));
        refused(LimitRefusal.TAIL_OUT_OF_RANGE, () -> new RiskLimit("l", Scope.PORTFOLIO, "house", Measure.DAY_LOSS, eur, levels, Tail.DAILY, true));
        refused(LimitRefusal.TAIL_OUT_OF_RANGE, () -> new Tail("HISTORICAL", 0.5, 1, 500));
        refused(LimitRefusal.TAIL_OUT_OF_RANGE, () -> new Tail("HISTORICAL", Double.NaN, 1, 500));
        refused(LimitRefusal.LIMIT_INCOMPLETE, () -> new RiskLimit("l", Scope.PORTFOLIO, "house", null, eur, levels, null, true));
        assertThat(new RiskLimit("l", Scope.ACCOUNT, "9223372036854775807", Measure.DAY_LOSS, eur, levels, null, true).target()).hasSize(19);
    }

    private static void refused(LimitRefusal code, Runnable what) {
        assertThatThrownBy(what::run).isInstanceOfSatisfying(LimitRefused.class, refused -> assertThat(refused.code()).isEqualTo(code));
    }
}
