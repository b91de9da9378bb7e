package io.partita.console.find;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;

/** How well a name fits what was typed, the best first; upper and lower case are the same. */
enum Match {

    WHOLE, BEGINS, WORD_BEGINS, WITHIN, NONE;

    static Match of(String typed, String name) {
        String wanted = typed.toLowerCase(Locale.ROOT);
        String known = name == null ? "" : name.toLowerCase(Locale.ROOT);
        if (known.equals(wanted)) {
            return WHOLE;
        }
        int at = known.indexOf(wanted);
        if (at <= 0) {
            return at == 0 ? BEGINS : NONE;
        }
        for (; at > 0; at = known.indexOf(wanted, at + 1)) {
            if (!Character.isLetterOrDigit(known.charAt(at - 1))) {
                return WORD_BEGINS;
            }
        }
        return WITHIN;
    }

    /** The best of several names. */
    static Match of(String typed, List<String> names) {
        return names.stream().map(name -> of(typed, name)).min(Comparator.naturalOrder()).orElse(NONE);
    }

    /** Those that fit, the best first, and as they came among equals. */
    static <T> Stream<T> best(List<T> all, String typed, Function<T, List<String>> names) {
        record Fitting<T>(T one, Match match) {
        }
        return all.stream().map(one -> new Fitting<>(one, of(typed, names.apply(one)))).filter(each -> each.match != NONE).sorted(Comparator.comparing(Fitting::match)).map(Fitting::one);
    }
}
