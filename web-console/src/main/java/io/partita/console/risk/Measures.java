package io.partita.console.risk;

import io.partita.console.ui.Amounts;
import io.partita.console.ui.Pill;
import java.math.BigDecimal;

/** What limits are on, and how their figures are told: amounts in a currency, or shares. */
final class Measures {

    static final String[] ALL = {"VALUE_AT_RISK", "EXPECTED_SHORTFALL", "GROSS_EXPOSURE", "NET_EXPOSURE", "CONCENTRATION", "DAY_LOSS", "COUNTERPARTY_EXPOSURE"};

    private Measures() {
    }

    static String name(String measure) {
        return measure.equals("DAY_LOSS") ? "Loss of the day" : Words.of(measure);
    }

    static boolean byModel(String measure) {
        return measure.equals("VALUE_AT_RISK") || measure.equals("EXPECTED_SHORTFALL");
    }

    /** @param share whether it is a part of 1 */
    static String figure(BigDecimal value, boolean share) {
        return value == null ? "\u2013" : share ? Amounts.percent(value.doubleValue(), 2) : Amounts.figure(value);
    }

    static Pill state(String state) {
        return switch (state) {
            case "OK" -> new Pill("Within", Pill.Tone.GOOD);
            case "SOFT" -> new Pill("Above soft", Pill.Tone.WAITING);
            case "HARD" -> new Pill("Above hard", Pill.Tone.BAD);
            default -> new Pill("No figure", Pill.Tone.CALM);
        };
    }
}
