package io.partita.trading;

import static org.assertj.core.api.Assertions.assertThat;

import io.partita.trading.book.PriceTimeBook;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PriceTimeBookTest {

    @Test
    void orders_that_would_be_looked_at_with_every_command_are_bounded_and_others_are_not() {
        PriceTimeBook book = new PriceTimeBook(Instrument.simple(1));
        Set<Reason> rejects = EnumSet.noneOf(Reason.class);
        ExecutionSink sink = report -> {
            if (report.execType() == ExecType.REJECTED) {
                rejects.add(report.reason());
            }
        };
        book.apply(new Command().phase(TradingPhase.PRE_OPEN, 0), sink);
        for (int id = 1; id <= 10_000; id++) {
            book.apply(id % 2 == 0 ? new Command().limit(id, 1, Side.BUY, 50, 1).allOrNone()
                    : new Command().newOrder(id, 1, Side.BUY, OrderType.PEGGED, TimeInForce.DAY, 0, 1).peg(PegReference.PRIMARY), sink);
        }
        assertThat(rejects).isEmpty();
        book.apply(new Command().limit(10_001, 1, Side.BUY, 50, 1), sink);
        book.apply(new Command().newOrder(10_002, 1, Side.SELL, OrderType.LIMIT, TimeInForce.AT_THE_CLOSE, 60, 1), sink);
        assertThat(rejects).isEmpty();
        book.apply(new Command().limit(10_003, 1, Side.BUY, 50, 1).minimum(1), sink);
        assertThat(rejects).containsExactly(Reason.BOOK_FULL);
        book.apply(new Command().cancel(2, 1), sink);
        book.apply(new Command().limit(10_003, 1, Side.BUY, 50, 1).minimum(1), sink);
        assertThat(rejects).containsExactly(Reason.BOOK_FULL);
        assertThat(book.size()).isEqualTo(10_002);
    }
}
