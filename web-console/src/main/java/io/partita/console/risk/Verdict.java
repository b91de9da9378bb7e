package io.partita.console.risk;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import io.partita.console.risk.RiskApi.Backtested;
import io.partita.console.ui.Amounts;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;

/** What the tests of a back-test say, in words: the light of the Basel committee first, then each test with its probability. */
final class Verdict extends Div {

    private static final double REJECTED = 0.05;
    private static final double DOUBTFUL = 0.1;
    private static final double LEAST = 0.0001;

    Verdict(Backtested report) {
        addClassName("verdict");
        add(light(report));
        add(line(report.coverage(), "As many exceptions as there should be", report.exceptions().size() > report.expected() ? "Too many exceptions" : "Too few exceptions",
                "Kupiec: " + Amounts.count(report.exceptions().size()) + " in " + Amounts.count(report.days()) + " days, expected " + number(report.expected(), 1)));
        add(line(report.independence(), "Exceptions do not come together", "Exceptions come together", "Christoffersen: one makes the next day's likelier, or not"));
        add(line(report.conditional(), "Both at once", "Both at once are rejected", "Christoffersen: number and independence together"));
        boolean deep = report.shortfallStatistic() > report.shortfallCritical();
        add(line(deep ? Tone.BAD : Tone.GOOD, deep ? "Losses beyond it are larger than the shortfall said" : "Losses beyond it are as large as the shortfall said",
                "Acerbi and Szekely: Z2 = " + number(report.shortfallStatistic(), 2) + ", rejected above " + number(report.shortfallCritical(), 2)));
    }

    private enum Tone {
        GOOD("\u2713"), WAIT("?"), BAD("\u2717");

        private final String sign;

        Tone(String sign) {
            this.sign = sign;
        }
    }

    private static Div light(Backtested report) {
        Div lamps = new Div();
        lamps.addClassName("lamps");
        lamps.getElement().setAttribute("aria-hidden", "true");
        for (String zone : List.of("GREEN", "YELLOW", "RED")) {
            Span lamp = new Span();
            lamp.addClassNames("lamp", zone.toLowerCase(Locale.ROOT));
            lamp.setClassName("lit", zone.equals(report.zone()));
            lamps.add(lamp);
        }
        Span zone = new Span(switch (report.zone()) {
            case "GREEN" -> "Green zone";
            case "YELLOW" -> "Yellow zone";
            case "RED" -> "Red zone";
            default -> report.zone();
        });
        zone.addClassName("zone");
        Span multiplier = new Span("Basel: capital is " + number(report.multiplier(), 2) + " times the value at risk");
        multiplier.addClassName("hint");
        Div text = new Div(zone, multiplier);
        text.addClassName("verdict-text");
        Div light = new Div(lamps, text);
        light.addClassName("light");
        return light;
    }

    /** @param p probability of what was seen, or of something rarer, if the forecasts are right */
    private static Div line(double p, String right, String wrong, String how) {
        Tone tone = p < REJECTED ? Tone.BAD : p < DOUBTFUL ? Tone.WAIT : Tone.GOOD;
        String doubt = tone == Tone.WAIT ? ", with some doubt" : "";
        return line(tone, tone == Tone.BAD ? wrong : right + doubt, how + ". " + (tone == Tone.BAD ? "Rejected at 5\u202F%, " : "") + probability(p));
    }

    private static Div line(Tone tone, String says, String how) {
        Span sign = new Span(tone.sign);
        sign.addClassNames("sign", tone.name().toLowerCase(Locale.ROOT));
        sign.getElement().setAttribute("aria-hidden", "true");
        Span words = new Span(says);
        words.addClassName("strong");
        Span test = new Span(how);
        test.addClassName("hint");
        Div text = new Div(words, test);
        text.addClassName("verdict-text");
        Div line = new Div(sign, text);
        line.addClassName("verdict-line");
        return line;
    }

    private static String probability(double p) {
        return p < LEAST ? "p < 0.0001" : "p = " + number(p, p < 0.01 ? 4 : 2);
    }

    private static String number(double value, int digits) {
        return Amounts.figure(BigDecimal.valueOf(value).setScale(digits, RoundingMode.HALF_EVEN));
    }
}
