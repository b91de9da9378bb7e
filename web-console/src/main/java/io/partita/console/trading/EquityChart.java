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
@JavaScript("context://partita/equity.js")
final class EquityChart extends Component {

    /** As many as the page has colours for. */
    static final int MOST_LINES = 10;

    /** A line: its name, and moments in milliseconds with the change in percent. */
    record Line(String name, List<double[]> points) {

        static Line of(String name, String cash, List<Point> curve) {
            BigDecimal first = new BigDecimal(cash);
            return new Line(name, curve.stream().map(point -> new double[] {point.time().toEpochMilli(),
                new BigDecimal(point.equity()).subtract(first).multiply(BigDecimal.valueOf(100)).divide(first, MathContext.DECIMAL64).doubleValue()}).toList());
        }
    }

    EquityChart(String label) {
        getElement().setAttribute("role", "img");
        getElement().setAttribute("aria-label", label);
    }

    void show(List<Line> lines) {
        // The script may still be loading: the element keeps what was set before it was defined.
        getElement().executeJs("customElements.whenDefined('partita-equity').then(() => this.show($0))", lines);
    }
}
