package io.partita.console.trading;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.dependency.JavaScript;
import io.partita.console.trading.StrategyApi.Point;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;

/** What runs were worth over time, in percent of what they began with, drawn by the browser ({@code partita/equity.js}). */
@Tag("partita-equity")
@JavaScript("context://partita/canvas.js")
@JavaScript("context://partita/equity.js")
final class EquityChart extends Component {

    /** As many as the page has colours for. */
    static final int MOST_LINES = 10;

    private List<Run> shown = List.of();

    /** What a run was worth over time, beside what it began with. */
    record Run(String name, String cash, List<Point> curve) {

        Line line() {
            BigDecimal first = new BigDecimal(cash);
            return new Line(name, curve.stream().map(point -> new double[] {point.time().toEpochMilli(),
                new BigDecimal(point.equity()).subtract(first).multiply(BigDecimal.valueOf(100)).divide(first, MathContext.DECIMAL64).doubleValue()}).toList());
        }
    }

    /** A run in the words of the script: moments in milliseconds with the change in percent. */
    record Line(String name, List<double[]> points) {
    }

    EquityChart(String label) {
        getElement().setAttribute("role", "img");
        getElement().setAttribute("aria-label", label);
    }

    /** Curves travel to the browser as a whole, so only when they have changed. */
    void show(List<Run> runs) {
        if (!runs.equals(shown)) {
            shown = runs;
            // The script may still be loading: the element keeps what was set before it was defined.
            getElement().executeJs("customElements.whenDefined('partita-equity').then(() => this.show($0))", runs.stream().map(Run::line).toList());
        }
    }
}
