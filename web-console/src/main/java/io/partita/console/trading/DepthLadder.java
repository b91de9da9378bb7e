package io.partita.console.trading;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.dependency.JavaScript;
import io.partita.marketdata.DepthView.DepthLevel;
import java.util.List;
import java.util.function.LongConsumer;

/** The levels of a book with bars, best prices in the middle ({@code partita/market.js}); a click picks a price. */
@Tag("partita-ladder")
@JavaScript("context://partita/canvas.js")
@JavaScript("context://partita/market.js")
final class DepthLadder extends Component {

    DepthLadder(int digits, LongConsumer picked) {
        getElement().setAttribute("digits", Integer.toString(digits));
        getElement().setAttribute("rows", Integer.toString(MarketState.LEVELS));
        getElement().addEventListener("pick", event -> picked.accept(event.getEventData().get("event.detail").asLong()))
                .addEventData("event.detail");
    }

    void show(MarketState state) {
        getElement().executeJs("customElements.whenDefined('partita-ladder').then(() => this.show($0, $1, $2, $3))", rows(state.bids()),
                rows(state.offers()), state.lastPrice(), state.trades().size() < 2 ? 0
                : Long.signum(state.trades().getLast().price() - state.trades().get(state.trades().size() - 2).price()));
    }

    /** Price in ticks, quantity and orders. */
    private static List<List<Long>> rows(List<DepthLevel> levels) {
        return levels.stream().map(level -> List.of(level.price(), level.quantity(), (long) level.orders())).toList();
    }
}
