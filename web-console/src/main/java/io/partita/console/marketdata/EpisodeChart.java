package io.partita.console.marketdata;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.dependency.JavaScript;
import java.util.List;

/** A window of bars and what followed, in percent of its last close, drawn by the browser ({@code partita/marketdata.js}). */
@Tag("partita-episode")
@JavaScript("context://partita/canvas.js")
@JavaScript("context://partita/marketdata.js")
final class EpisodeChart extends Component {

    EpisodeChart(String label) {
        getElement().setAttribute("aria-label", label);
    }

    /** @param before bars after the end of the window, 0 or less, with the change; after and dots likewise */
    void show(List<double[]> before, List<double[]> after, List<double[]> dots, double low, double high) {
        getElement().executeJs("customElements.whenDefined('partita-episode').then(() => this.show($0, $1, $2, $3, $4))", before, after, dots, low, high);
    }
}
