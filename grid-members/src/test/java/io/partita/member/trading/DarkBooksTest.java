package io.partita.member.trading;

import static org.assertj.core.api.Assertions.assertThat;

import io.partita.trading.Command;
import io.partita.trading.Executions;
import io.partita.trading.Instrument;
import io.partita.trading.TradingPhase;
import io.partita.trading.TradingRefusal;
import io.partita.trading.TradingResult;
import io.partita.trading.feed.MarketView;
import io.partita.trading.feed.SessionStatistics;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class DarkBooksTest {

    private static final long LIFE = 1_000;
    private static final Listing LIT = new Listing("LIT", "EUR", 2, Instrument.simple(1));
    private static final Listing OTHER = new Listing("LIT.B", "EUR", 3, Instrument.simple(2));
    private static final Listing DARK = new Listing("LIT.D", "EUR", 3, Instrument.simple(3)).withDarkBook(List.of(LIT, OTHER), LIFE);

    private final Map<Long, MarketView> market = new HashMap<>();
    private final List<String> told = new ArrayList<>();
    private TradingResult answer = new TradingResult.Executed(0, Executions.of(new byte[0], 0, 0, 0), false);
    private long now = 7;
    private final DarkBooks books = new DarkBooks(this::ask, this::tell, () -> now);

    private MarketView ask(long instrument) {
        if (!market.containsKey(instrument)) {
            throw new CompletionException("moving", null);
        }
        return market.get(instrument);
    }

    private CompletableFuture<List<TradingResult>> tell(long instrument, Command news) {
        assertThat(instrument).isEqualTo(3);
        told.add(news.price() + " to " + news.contraPrice());
        return CompletableFuture.completedFuture(List.of(answer));
    }

    private void shows(Listing listing, TradingPhase phase, long bid, long offer) {
        market.put(listing.instrument(), new MarketView(listing.instrument(), 1, 1, 1, phase, 0, 0, 0, 0, SessionStatistics.NONE,
                bid == 0 ? new long[0] : new long[] {bid, 5}, offer == 0 ? new long[0] : new long[] {offer, 5}, false));
    }

    private List<String> look() {
        told.clear();
        books.look(List.of(DARK), instrument -> instrument == 1 ? LIT : OTHER);
        return List.copyOf(told);
    }

    @Test
    void the_best_of_all_lit_books_is_told_when_it_changes_and_again_before_it_is_old() {
        shows(LIT, TradingPhase.CONTINUOUS, 10_00, 10_04);
        shows(OTHER, TradingPhase.CONTINUOUS, 10_005, 10_050);
        assertThat(look()).containsExactly("10005 to 10040");
        now += LIFE / 2 - 1;
        assertThat(look()).isEmpty();
        now++;
        assertThat(look()).containsExactly("10005 to 10040");
        shows(OTHER, TradingPhase.HALT, 10_005, 10_050);
        assertThat(look()).as("a book that is halted does not count").containsExactly("10000 to 10040");
    }

    @Test
    void no_middle_is_told_once_and_an_answer_that_was_none_is_asked_for_again() {
        shows(LIT, TradingPhase.CONTINUOUS, 10_00, 0);
        shows(OTHER, TradingPhase.CONTINUOUS, 0, 0);
        assertThat(look()).containsExactly("0 to 0");
        now += 10 * LIFE;
        assertThat(look()).isEmpty();
        shows(OTHER, TradingPhase.CONTINUOUS, 0, 9_999);
        assertThat(look()).as("books that cross each other").isEmpty();
        shows(OTHER, TradingPhase.CONTINUOUS, 0, 10_001);
        answer = new TradingResult.Refused(0, TradingRefusal.BOOK_UNAVAILABLE, "");
        assertThat(look()).containsExactly("10000 to 10001");
        assertThat(look()).containsExactly("10000 to 10001");
    }

    @Test
    void while_a_lit_book_does_not_answer_nothing_is_told() {
        shows(LIT, TradingPhase.CONTINUOUS, 10_00, 10_04);
        assertThat(look()).isEmpty();
        shows(OTHER, TradingPhase.CONTINUOUS, 0, 0);
        assertThat(look()).containsExactly("10000 to 10040");
        books.look(List.of(), instrument -> LIT);
        assertThat(look()).as("a book that was elsewhere meanwhile").containsExactly("10000 to 10040");
    }
}
