package io.partita.member.trading.orders;

import static org.assertj.core.api.Assertions.assertThat;

import io.partita.trading.TradingPhase;
import io.partita.trading.feed.MarketView;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongFunction;
import org.junit.jupiter.api.Test;

class ReferencesTest {

    private static final LongFunction<MarketView> AWAY = instrument -> {
        throw new CompletionException(new IllegalStateException("on its way"));
    };

    private static MarketView view(long last) {
        return new MarketView(1, 1, 1, 1, TradingPhase.CONTINUOUS, last, 0, 0, 0, null, new long[0], new long[0], false);
    }

    @Test
    void while_a_book_cannot_be_asked_the_price_that_was_seen_last_counts_and_without_one_nobody_knows() {
        AtomicReference<LongFunction<MarketView>> book = new AtomicReference<>(AWAY);
        References references = new References(instrument -> book.get().apply(instrument));
        assertThat(references.of(1, false)).isEqualTo(References.UNKNOWN);
        book.set(instrument -> null);
        assertThat(references.of(1, false)).isEqualTo(References.UNKNOWN);
        book.set(instrument -> view(500));
        assertThat(references.of(1, true)).isEqualTo(500);
        book.set(AWAY);
        assertThat(references.of(1, true)).isEqualTo(500);
        book.set(instrument -> view(0));
        assertThat(references.of(1, true)).as("it has none any more").isZero();
        book.set(AWAY);
        assertThat(references.of(1, true)).isZero();
    }
}
