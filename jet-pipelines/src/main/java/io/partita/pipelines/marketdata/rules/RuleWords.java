package io.partita.pipelines.marketdata.rules;

import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import io.partita.marketdata.anomaly.Severity;
import io.partita.marketdata.bars.TradeBar;
import io.partita.marketdata.stream.IndicatorRow;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** The words of rules: what each is called, which type it has, and where it is found. Indicators are called as everywhere else. */
final class RuleWords {

    /** How the words of the bar before begin. */
    static final String PREVIOUS = "previous.";
    /** How the words begin that only anomalies have. */
    static final String ANOMALY = "anomaly.";

    private static final Map<String, Word> ALL = new LinkedHashMap<>();

    static {
        add("symbol", SimpleType.STRING, sight -> sight.instrument() == null ? null : sight.instrument().symbol());
        for (Severity severity : Severity.values()) {
            add(severity.name(), SimpleType.INT, _ -> grade(severity));
        }
        add(ANOMALY + "kind", SimpleType.STRING, sight -> sight.alert() == null ? null : sight.alert().anomaly().kind().name());
        add(ANOMALY + "severity", SimpleType.INT, sight -> sight.alert() == null ? null : grade(sight.alert().anomaly().severity()));
        add(ANOMALY + "score", SimpleType.DOUBLE, sight -> sight.alert() == null ? null : sight.alert().anomaly().score());
        add(ANOMALY + "bars", SimpleType.INT, sight -> sight.alert() == null ? null : (long) sight.alert().anomaly().bars());
        List<String> ofBars = new ArrayList<>();
        bars().forEach((name, value) -> ofBars.add(add(name, SimpleType.DOUBLE, sight -> sight.bar() == null ? null : number(value.apply(sight)))));
        for (int i = 0; i < IndicatorRow.NAMES.size(); i++) {
            int place = i;
            ofBars.add(add(IndicatorRow.NAMES.get(i), SimpleType.DOUBLE, sight -> sight.row() == null ? null : number(sight.row().values().get(place))));
        }
        for (String name : ofBars) {
            Function<Sight, Object> now = ALL.get(name).value;
            add(PREVIOUS + name, SimpleType.DOUBLE, sight -> sight.before() == null ? null : now.apply(sight.before()));
        }
    }

    private RuleWords() {
    }

    /** A word. @param value null for what is absent */
    record Word(String name, CelType type, Function<Sight, Object> value) {
    }

    private static Map<String, Function<Sight, Double>> bars() {
        Map<String, Function<Sight, Double>> words = new LinkedHashMap<>();
        price(words, "open", TradeBar::open);
        price(words, "high", TradeBar::high);
        price(words, "low", TradeBar::low);
        price(words, "close", TradeBar::close);
        price(words, "vwap", TradeBar::vwap);
        Map<String, ToDoubleFunction<TradeBar>> plain = new LinkedHashMap<>();
        plain.put("volume", TradeBar::volume);
        plain.put("trades", TradeBar::trades);
        plain.put("bought", TradeBar::bought);
        plain.put("sold", TradeBar::sold);
        plain.put("imbalance", TradeBar::imbalance);
        plain.forEach((name, value) -> words.put(name, sight -> value.applyAsDouble(sight.bar())));
        return words;
    }

    private static void price(Map<String, Function<Sight, Double>> words, String name, ToDoubleFunction<TradeBar> ticks) {
        words.put(name, sight -> ticks.applyAsDouble(sight.bar()) * sight.tick());
    }

    /** Absent is absent. */
    private static Double number(Double value) {
        return value.isNaN() ? null : value;
    }

    /** 1 for the least. */
    private static long grade(Severity severity) {
        return severity.ordinal() + 1L;
    }

    private static String add(String name, CelType type, Function<Sight, Object> value) {
        ALL.put(name, new Word(name, type, value));
        return name;
    }

    static Iterable<Word> all() {
        return ALL.values();
    }

    /** What a word stands for; empty for what is absent. */
    static Optional<Object> find(Sight sight, String name) {
        return Optional.ofNullable(ALL.get(name)).map(word -> word.value.apply(sight));
    }

    /** Types by name, without those of the bar before. */
    static Map<String, String> types() {
        Map<String, String> types = new LinkedHashMap<>();
        ALL.values().stream().filter(word -> !word.name.startsWith(PREVIOUS)).forEach(word -> types.put(word.name, word.type.name()));
        return types;
    }
}
