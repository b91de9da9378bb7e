package io.partita.console.marketdata;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.dependency.JavaScript;
import java.util.List;

/** Bars with what is drawn over and beneath them, drawn by the browser ({@code partita/marketdata.js}). */
@Tag("partita-price")
@JavaScript("context://partita/canvas.js")
@JavaScript("context://partita/marketdata.js")
final class PriceChart extends Component {

    /** A line: a value for each bar, null for none. */
    record Line(String name, List<Double> values) {
    }

    /** Lines with a scale of their own. */
    record Pane(List<Line> lines) {
    }

    /** Something at a bar that leads elsewhere. @param t end of the bar, in milliseconds @param span how far that may be from where the bar begins */
    record Mark(long t, long span, String href, String tone, String text) {
    }

    /** All that is drawn. @param bars milliseconds, open, high, low, close, volume */
    record Drawn(List<double[]> bars, List<Line> lines, List<Pane> panes, List<Mark> marks) {
    }

    PriceChart(String label, int digits) {
        // No picture: links in it could not be reached then. The script says what the picture in it is.
        getElement().setAttribute("role", "group");
        getElement().setAttribute("aria-label", label);
        getElement().setAttribute("digits", Integer.toString(digits));
    }

    void show(Drawn drawn) {
        getElement().getStyle().set("--panes", Integer.toString(drawn.panes().size()));
        // The script may still be loading: the element keeps what was set before it was defined.
        getElement().executeJs("customElements.whenDefined('partita-price').then(() => this.show($0))", drawn);
    }
}
