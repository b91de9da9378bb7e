package io.partita.console.trading;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.dependency.JavaScript;
import io.partita.trading.feed.Bar;
import java.util.List;

/** Bars as candles with their volume, drawn by the browser ({@code partita/market.js}). */
@Tag("partita-candles")
@JavaScript("context://partita/canvas.js")
@JavaScript("context://partita/market.js")
final class CandleChart extends Component {

    private static final long MILLI = 1_000_000;

    private long newest = -1;

    /** A bar in the words of the script: prices in ticks. */
    record Candle(long t, long o, long h, long l, long c, long v) {
        static Candle of(Bar bar) {
            return new Candle(bar.start() / MILLI, bar.open(), bar.high(), bar.low(), bar.close(), bar.volume());
        }
    }

    CandleChart(String label, int digits) {
        // No picture: its buttons could not be reached then. The script says what the picture in it is.
        getElement().setAttribute("role", "group");
        getElement().setAttribute("aria-label", label);
        getElement().setAttribute("digits", Integer.toString(digits));
    }

    /** Bars of a minute, the newest last; only what is new travels to the browser. */
    void show(List<Bar> bars) {
        long from = newest;
        List<Candle> candles = bars.stream().filter(bar -> bar.start() >= from).map(Candle::of).toList();
        // The script may still be loading: the element keeps what was set before it was defined.
        getElement().executeJs("customElements.whenDefined('partita-candles').then(() => this.add($0, $1))", candles, from < 0);
        newest = bars.isEmpty() ? -1 : bars.getLast().start();
    }
}
