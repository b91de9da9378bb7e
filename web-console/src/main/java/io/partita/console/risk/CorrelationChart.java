package io.partita.console.risk;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.dependency.JavaScript;
import io.partita.console.risk.RiskApi.Correlation;
import java.util.List;
import java.util.Locale;

/** How factors move together, as colours, drawn by the browser ({@code partita/risk.js}). */
@Tag("partita-matrix")
@JavaScript("context://partita/canvas.js")
@JavaScript("context://partita/risk.js")
final class CorrelationChart extends Component {

    CorrelationChart(Correlation correlation) {
        getElement().setAttribute("role", "img");
        getElement().setAttribute("aria-label", String.format(Locale.ROOT, "Correlations of %d factors, %.2f in the mean", correlation.symbols().size(), correlation.mean()));
        List<Double> values = correlation.correlation().stream().flatMap(List::stream).toList();
        // The script may still be loading: the element keeps what was set before it was defined.
        getElement().executeJs("customElements.whenDefined('partita-matrix').then(() => this.show($0, $1))", correlation.symbols(), values);
    }
}
