package io.partita.pipelines.marketdata.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.partita.marketdata.anomaly.Anomaly;
import io.partita.marketdata.anomaly.AnomalyAlert;
import io.partita.marketdata.anomaly.AnomalyKind;
import io.partita.marketdata.anomaly.Severity;
import io.partita.marketdata.bars.BarSize;
import io.partita.marketdata.bars.TradeBar;
import io.partita.marketdata.rules.AlertRule;
import io.partita.marketdata.stream.IndicatorRow;
import io.partita.marketdata.stream.MarketInstrument;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuleLanguageTest {

    private static final RuleLanguage LANGUAGE = new RuleLanguage();
    private static final MarketInstrument ACME = new MarketInstrument(7, "ACME", "EUR", 2);

    private static TradeBar bar(int number, long close) {
        return new TradeBar(7, BarSize.MINUTE, number * BarSize.MINUTE.nanos(), 1_000, 1_100, 900, close, 30, BigInteger.valueOf(30_000), 3, 20, 10, 0);
    }

    /** The n-th indicator is n; those from here on are absent. */
    private static IndicatorRow row(int number, int absentFrom) {
        return new IndicatorRow(7, BarSize.MINUTE, number * BarSize.MINUTE.nanos(),
                IntStream.range(0, IndicatorRow.NAMES.size()).mapToObj(i -> i < absentFrom ? (double) i : Double.NaN).toList());
    }

    private static Sight sight(long close) {
        Sight before = Sight.of(ACME, bar(1, 950), row(1, 1_000), (Sight) null);
        return Sight.of(ACME, bar(2, close), row(2, 1_000), before);
    }

    private static RuleCondition condition(String text) {
        RuleLanguage.Read read = LANGUAGE.read(text);
        assertThat(read).as(text).isInstanceOf(RuleLanguage.Read.Readable.class);
        return ((RuleLanguage.Read.Readable) read).condition();
    }

    private static List<RuleLanguage.Flaw> flaws(String text) {
        RuleLanguage.Read read = LANGUAGE.read(text);
        assertThat(read).as(text).isInstanceOf(RuleLanguage.Read.Unreadable.class);
        return ((RuleLanguage.Read.Unreadable) read).flaws();
    }

    private static AlertRule rule(String condition) {
        return new AlertRule("test", 1, condition, BarSize.MINUTE, Set.of(), Severity.WARNING, true);
    }

    @Test
    void every_indicator_is_written_as_it_is_called() {
        for (int i = 0; i < IndicatorRow.NAMES.size(); i++) {
            String name = IndicatorRow.NAMES.get(i);
            assertThat(condition(name + " == " + i + ".0 && previous(" + name + ") == " + i + ".0").judge(sight(1_000))).as(name)
                    .isEqualTo(RuleCondition.Verdict.Plain.TRUE);
        }
        assertThat(condition("rsi() == rsi(14) && bbands().lower == bbands(20, 2.0).lower").judge(sight(1_000))).isEqualTo(RuleCondition.Verdict.Plain.TRUE);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '~', value = {
            "close > 10.199 && close < 10.201 && open == 10.0 && high == 11.0 && low == 9.0 && vwap == 10.0 ; TRUE",
            "volume == 30.0 && trades == 3.0 && bought - sold == 10.0 && imbalance > 0.33 ; TRUE",
            "previous(close) == 9.5 && close > previous(close) * 1.05 ; TRUE",
            "symbol in [\"ACME\", \"LIRA\"] && !(close < 1) ; TRUE",
            "abs(open - close) > 0.19 && least(open, close) == open && greatest(open, close) == close ; TRUE",
            "close > 100.0 ? false : true ; TRUE",
            "anomaly.severity >= 3 ; ABSENT", "anomaly.severity >= CRITICAL || close > 1 ; TRUE", "anomaly.bars > 1 && close < 1 ; FALSE"})
    void conditions_mean_what_they_say(String text, String verdict) {
        assertThat(condition(text).judge(sight(1_020))).isEqualTo(RuleCondition.Verdict.Plain.valueOf(verdict));
    }

    @Test
    void an_anomaly_has_words_of_its_own_and_those_of_its_bar() {
        Anomaly print = new Anomaly(7, AnomalyKind.BAD_PRINT, Severity.CRITICAL, 10, 20, 30, 11.5, List.of(), "too high", 2);
        Sight sight = Sight.of(ACME, bar(2, 1_020), null, new AnomalyAlert(BarSize.MINUTE, print, List.of()));
        RuleCondition condition = condition("anomaly.kind == 'BAD_PRINT' && anomaly.severity == CRITICAL && anomaly.score > 11 && anomaly.bars == 2 && close > 10");
        assertThat(condition.onAnomalies()).isTrue();
        assertThat(condition.judge(sight)).isEqualTo(RuleCondition.Verdict.Plain.TRUE);
        assertThat(condition("rsi(14) > 1.0").judge(sight)).isEqualTo(RuleCondition.Verdict.Plain.ABSENT);
        assertThat(condition.explain(sight)).contains("anomaly.score = 11.5", "close = 10.2");
        assertThat(condition("close > 1").onAnomalies()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
            "clse > 1 | 1 | undeclared reference to 'clse'", "close > 1 && | 13 | mismatched input", "close | 1 | expected type 'bool'",
            "close * 2 > 1 | 7 | no matching overload", "rsi(15) < 30 | 1 | rsi(15) is not calculated for each bar; there is rsi(14)",
            "close > 1 && rsi(-1) < 30 | 14 | rsi takes numbers", "rsi(close) < 30 | 1 | rsi takes numbers", "sma(20, volume) > 1 | 1 | sma takes numbers",
            "previous(close + 1.0) > 1 | 1 | previous takes one value", "previous(close, 2) > 1 | 1 | undeclared reference to 'previous'", "macd(12,26,9).sygnal > 1 | 1 | macd(12,26,9)",
            "previous(anomaly.bars) > 1 | 1 | undeclared", "[1, 2, 3].all(x, x > 0) | 1 | undeclared", "[1, 2].map(x, x) == [] | 1 | undeclared",
            "'aaa'.matches('(a+)+b') | 1 | undeclared reference to 'matches'", "string(close) == '1' | 1 | undeclared", "dyn(1) == 1 | 1 | undeclared",
            "anomaly.nothing > 1 | 1 | undeclared", "anomaly > 1 | 1 | undeclared", "google.protobuf.Any{} == 1 | 1 | undeclared"})
    void what_is_wrong_is_told_with_its_place(String text, int column, String message) {
        RuleLanguage.Flaw flaw = flaws(text).getFirst();
        assertThat(flaw.message()).contains(message);
        assertThat(flaw.line()).isEqualTo(1);
        assertThat(flaw.column()).isGreaterThanOrEqualTo(column).isLessThanOrEqualTo(column + 20);
    }

    @Test
    void hostile_conditions_are_refused_or_end_at_once() {
        List<String> hostile = new ArrayList<>(List.of("", " ", "\0", "\uD800", "(".repeat(900) + "true" + ")".repeat(900), "[".repeat(900) + "]".repeat(900) + " == []",
                "{1:".repeat(500) + "1" + "}".repeat(500) + " == {}", "!".repeat(1_990) + "true", "-".repeat(1_900) + "close > 1", "1" + "+1".repeat(950) + " > 0",
                "true" + " && true".repeat(240), "true ? ".repeat(200) + "1", "a" + ".b".repeat(900), "abs(".repeat(400) + "close" + ")".repeat(400) + " > 1.0",
                "previous(".repeat(200) + "close" + ")".repeat(200) + " > 1.0", "x".repeat(3_000), "'" + "\\u0041".repeat(300) + "' == symbol",
                "close > 1".repeat(200), "[" + "1,".repeat(900) + "1] == []", "/*".repeat(500), "\"\"\"".repeat(300), "9".repeat(1_900) + " > 1",
                "1e999999 > close", "b'" + "a".repeat(1_900) + "' == b''", "has(anomaly.kind)", "cel.bind(x, [1], x + x) == []", "size('a') > 0"));
        Random random = new Random(5);
        String alphabet = "()[]{}<>=!&|?:.,+-*/%'\"\\ \nacelorsi0123456789";
        for (int i = 0; i < 300; i++) {
            hostile.add(random.ints(random.nextInt(1, 60), 0, alphabet.length()).mapToObj(each -> alphabet.substring(each, each + 1)).reduce("", String::concat));
        }
        for (String text : hostile) {
            switch (LANGUAGE.read(text)) {
                case RuleLanguage.Read.Readable(RuleCondition condition) -> assertThat(condition.judge(sight(1_000))).isNotNull();
                case RuleLanguage.Read.Unreadable(List<RuleLanguage.Flaw> flaws) -> assertThat(flaws).isNotEmpty().hasSizeLessThanOrEqualTo(5)
                        .allSatisfy(flaw -> assertThat(flaw.message()).isNotBlank().hasSizeLessThan(310));
            }
        }
        assertThat(flaws("true".repeat(600)).getFirst().message()).contains("2000");
    }

    @Test
    void what_cannot_be_evaluated_says_so_and_ends_a_dry_run() {
        RuleCondition divides = condition("1 / (INFO - 1) > 0 || close > 1000");
        assertThat(divides.judge(sight(1_000))).isInstanceOf(RuleCondition.Verdict.Failed.class);
        DryRun run = DryRun.of(rule("1 / (INFO - 1) > 0"), divides, List.of(sight(1_000), sight(1_000)));
        assertThat(run.failure()).contains("/ by zero");
        assertThat(run.judged()).isOne();
    }

    /** A random condition, with what it comes to: true, false, or null for what cannot be told. */
    private record Twin(String text, Boolean value) {

        static Twin random(Random random, int depth, double[] values) {
            int kind = depth == 0 ? 0 : random.nextInt(4);
            if (kind == 0) {
                int word = random.nextInt(values.length);
                int bound = random.nextInt(values.length);
                boolean less = random.nextBoolean();
                return new Twin(IndicatorRow.NAMES.get(word) + (less ? " < " : " >= ") + bound + (random.nextBoolean() ? ".0" : ""),
                        Double.isNaN(values[word]) ? null : Boolean.valueOf(less ? values[word] < bound : values[word] >= bound));
            }
            Twin left = random(random, depth - 1, values);
            if (kind == 1) {
                return new Twin("!(" + left.text + ")", left.value == null ? null : Boolean.valueOf(!left.value));
            }
            Twin right = random(random, depth - 1, values);
            boolean and = kind == 2;
            Boolean decides = !and;
            Boolean value = decides.equals(left.value) || decides.equals(right.value) ? decides
                    : left.value == null || right.value == null ? null : Boolean.valueOf(and);
            return new Twin("(" + left.text + (and ? " && " : " || ") + right.text + ")", value);
        }
    }

    @Test
    void absent_is_absent_unless_the_rest_decides_as_in_logic_of_three_values() {
        for (int seed = 0; seed < 400; seed++) {
            Random random = new Random(seed);
            double[] values = new double[12];
            Arrays.setAll(values, i -> random.nextInt(3) == 0 ? Double.NaN : random.nextInt(values.length));
            IndicatorRow row = new IndicatorRow(7, BarSize.MINUTE, 0, IntStream.range(0, IndicatorRow.NAMES.size())
                    .mapToObj(i -> i < values.length ? values[i] : Double.NaN).toList());
            Twin twin = Twin.random(random, 3, values);
            RuleCondition.Verdict.Plain expected = twin.value == null ? RuleCondition.Verdict.Plain.ABSENT
                    : twin.value ? RuleCondition.Verdict.Plain.TRUE : RuleCondition.Verdict.Plain.FALSE;
            assertThat(condition(twin.text).judge(Sight.of(ACME, bar(0, 1_000), row, (Sight) null))).as("seed %d: %s", seed, twin.text).isEqualTo(expected);
        }
    }

    @Test
    void what_goes_on_is_one_alert_and_too_many_are_kept_back() {
        List<Sight> sights = new ArrayList<>();
        Sight before = null;
        for (int i = 0; i < 200; i++) {
            boolean high = i >= 10 && i < 15 || i == 40 || i >= 100 && (i - 100) % 4 == 0;
            before = Sight.of(ACME, bar(i, high ? 2_000 : 1_000), row(i, i < 20 ? 0 : 1_000), before);
            sights.add(before);
        }
        DryRun run = DryRun.of(rule("close > 15"), condition("close > 15"), sights);
        assertThat(run.judged()).isEqualTo(200);
        assertThat(run.matched()).isEqualTo(31);
        assertThat(run.absent()).isZero();
        List<AnomalyAlert> alerts = List.copyOf(run.alerts());
        assertThat(alerts.get(0).anomaly().bars()).isEqualTo(5);
        assertThat(alerts.get(0).anomaly().from()).isEqualTo(bar(10, 0).end());
        assertThat(alerts.get(0).anomaly().to()).isEqualTo(bar(14, 0).end());
        assertThat(alerts.get(1).anomaly().bars()).isEqualTo(1);
        assertThat(alerts.size() + run.suppressed()).isEqualTo(27);
        assertThat(DryRun.of(rule("sma(20) >= 0"), condition("sma(20) >= 0"), sights).absent()).as("while it warms up").isEqualTo(20);
    }
}
