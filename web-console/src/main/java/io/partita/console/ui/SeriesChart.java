package io.partita.console.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.dependency.JavaScript;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/**
 * Figures over the last minutes, drawn by the browser ({@code partita/chart.js}); a point may be missing, and then the
 * line breaks.
 */
@Tag("partita-chart")
@JavaScript("context://partita/canvas.js")
@JavaScript("context://partita/chart.js")
public final class SeriesChart extends Component {

    /** One moment: a value for each series, NaN for none. */
    public record Point(long t, List<Double> v) {

        public static Point of(Instant time, double... values) {
            return new Point(time.toEpochMilli(), Arrays.stream(values).mapToObj(value -> Double.isNaN(value) ? null : value).toList());
        }
    }

    /** A line: its name, and the CSS custom property of its colour. */
    public record Line(String name, String color) {
    }

    public SeriesChart(String label, String unit, int seconds, Line... lines) {
        getElement().setAttribute("role", "img");
        getElement().setAttribute("aria-label", label);
        getElement().setAttribute("unit", unit);
        getElement().setAttribute("seconds", Integer.toString(seconds));
        getElement().setAttribute("names", String.join("|", Arrays.stream(lines).map(Line::name).toList()));
        getElement().setAttribute("colors", String.join("|", Arrays.stream(lines).map(Line::color).toList()));
    }

    /** Replaces everything that is drawn. */
    public void reset(List<Point> points) {
        // The script may still be loading: the element keeps what was set before it was defined.
        getElement().executeJs("customElements.whenDefined('partita-chart').then(() => this.reset($0))", points);
    }

    public void push(Point point) {
        getElement().executeJs("this.push && this.push($0)", point);
    }
}
