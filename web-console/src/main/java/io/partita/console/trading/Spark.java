package io.partita.console.trading;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.dependency.JavaScript;
import java.util.List;

/** The way of a price, as small as a word, drawn by the browser ({@code partita/marketdata.js}). */
@Tag("partita-spark")
@JavaScript("context://partita/canvas.js")
@JavaScript("context://partita/marketdata.js")
final class Spark extends Component {

    private List<Double> shown = List.of();

    Spark(String label) {
        getElement().setAttribute("role", "img");
        getElement().setAttribute("aria-label", label);
    }

    void show(List<Double> values) {
        if (!values.equals(shown)) {
            shown = values;
            getElement().executeJs("customElements.whenDefined('partita-spark').then(() => this.show($0))", values);
        }
    }
}
