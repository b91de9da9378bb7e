package io.partita.console.risk;

import java.util.Optional;
import java.util.stream.Stream;

/** How members measure risk, in the words of REST and in those of people. */
enum RiskMethod {
    FILTERED_HISTORICAL("Filtered historical", "One of the days of the window, at the volatility of today."),
    FITTED_HISTORICAL("Filtered, fitted", "One of the days, at the volatility of today; how fast that forgets is fitted to the window."),
    HISTORICAL("Historical", "Tomorrow is one of the days of the window."),
    PARAMETRIC("Parametric", "Normal, all days of the window alike."),
    PARAMETRIC_EWMA("Parametric, EWMA", "Normal, recent days count more."),
    MONTE_CARLO("Monte Carlo", "Normal scenarios by a shrunk covariance of the window.");

    private final String label;
    private final String meaning;

    RiskMethod(String label, String meaning) {
        this.label = label;
        this.meaning = meaning;
    }

    String label() {
        return label;
    }

    String meaning() {
        return meaning;
    }

    /** Whether each day of a back-test can be forecast by it. */
    boolean byHistory() {
        return this != MONTE_CARLO;
    }

    static Optional<RiskMethod> of(String name) {
        return Stream.of(values()).filter(each -> each.name().equals(name)).findFirst();
    }
}
