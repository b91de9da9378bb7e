package io.partita.indicators;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All kinds of indicators. */
public final class IndicatorTable {

    private static final List<IndicatorKind> ALL = Stream.of(MovingAverages.KINDS, Oscillators.KINDS, Trends.KINDS, Ranges.KINDS, Flows.KINDS, Statistics.KINDS)
            .flatMap(List::stream).toList();
    private static final Map<String, IndicatorKind> BY_NAME = ALL.stream().collect(Collectors.toUnmodifiableMap(IndicatorKind::name, Function.identity()));

    private IndicatorTable() {
    }

    public static List<IndicatorKind> all() {
        return ALL;
    }

    public static Optional<IndicatorKind> named(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }
}
