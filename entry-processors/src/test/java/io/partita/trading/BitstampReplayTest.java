package io.partita.trading;

import static org.assertj.core.api.Assertions.assertThat;

import io.partita.trading.book.PriceTimeBook;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Five hours of a bitcoin exchange's order events (Bitstamp, 2015): 50,414 of them, whose ends and trades are not told apart. */
class BitstampReplayTest {

    private final PriceTimeBook book = new PriceTimeBook(new Instrument(1, StepTable.ONE, StepTable.ONE, 100_000_000, 10_000_000_000L * 8, 0, 0, 0,
            Fees.NONE));
    private final Command command = new Command();
    private final long[] bid = new long[2];
    private final long[] offer = new long[2];
    private int entered;
    private int trades;

    @Test
    void order_events_replay_without_error_and_the_book_never_crosses() throws IOException {
        List<String> lines = Files.readAllLines(SharedData.file("orderbook/bitstamp_orders.csv"));
        Seen.apply(book, command.phase(TradingPhase.PRE_OPEN, 0));
        Seen.apply(book, command.phase(TradingPhase.CONTINUOUS, 0));
        for (String line : lines.subList(1, lines.size())) {
            event(line.split(","));
            assertThat(book.depth(Side.BUY, bid) == 0 || book.depth(Side.SELL, offer) == 0 || bid[0] < offer[0]).as(line).isTrue();
        }
        assertThat(lines).hasSize(50_415);
        assertThat(entered).isGreaterThan(24_000);
        assertThat(trades).isPositive();
        assertThat(PriceTimeBook.restore(book.snapshot()).hash()).isEqualTo(book.hash());
    }

    private void event(String[] fields) {
        long id = Long.parseLong(fields[0]);
        long price = new BigDecimal(fields[3]).movePointRight(2).longValueExact();
        long quantity = Long.parseLong(fields[4]);
        Side side = fields[6].equals("bid") ? Side.BUY : Side.SELL;
        long time = Long.parseLong(fields[1]) * 1_000_000;
        List<Seen> reports = Seen.apply(book, switch (fields[5]) {
            case "created" -> command.limit(id, 1, side, price, quantity).at(time);
            case "changed" -> command.replace(id, 1, 0, Math.max(1, quantity)).at(time);
            default -> command.cancel(id, 1).at(time);
        });
        for (Seen report : reports) {
            trades += report.liquidity() == Liquidity.TAKER ? 1 : 0;
            entered += report.execType() == ExecType.NEW ? 1 : 0;
            if (report.execType() == ExecType.REJECTED) {
                // What matched here at once is gone when the exchange tells of its fill or end; and some orders are older than the file.
                assertThat(report.reason()).as(String.join(",", fields)).isIn(Reason.UNKNOWN_ORDER, Reason.QUANTITY_BELOW_FILLED,
                        Reason.INVALID_QUANTITY, Reason.INVALID_PRICE);
                assertThat(report.reason()).as(String.join(",", fields)).satisfies(reason -> assertThat(reason == Reason.INVALID_QUANTITY
                        || reason == Reason.INVALID_PRICE).isEqualTo(fields[5].equals("created") && (quantity < 1 || quantity > 80_000_000_000L
                        || price < 1 || price > 100_000_000)));
            }
        }
    }
}
