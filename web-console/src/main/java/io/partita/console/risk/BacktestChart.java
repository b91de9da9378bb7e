package io.partita.console.risk;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.dependency.JavaScript;
import io.partita.console.risk.RiskApi.Forecast;
import java.util.List;

/** Gain or loss of each day against the value at risk that was forecast, exceptions marked; drawn by the browser ({@code partita/risk.js}). */
@Tag("partita-backtest")
@JavaScript("context://partita/canvas.js")
@JavaScript("context://partita/risk.js")
final class BacktestChart extends Component {

    BacktestChart(String label, String unit) {
        getElement().setAttribute("role", "img");
        getElement().setAttribute("aria-label", label);
        getElement().setAttribute("unit", unit);
    }

    /** @param days the oldest first */
    void show(List<Forecast> days) {
        // The script may still be loading: the element keeps what was set before it was defined.
        getElement().executeJs("customElements.whenDefined('partita-backtest').then(() => this.show($0))", days.stream()
                .map(day -> List.<Object>of(day.day().toString(), day.loss().negate().doubleValue(), day.valueAtRisk().doubleValue())).toList());
    }
}
