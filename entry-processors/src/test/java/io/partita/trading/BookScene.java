package io.partita.trading;

import static org.assertj.core.api.Assertions.assertThat;

import io.partita.trading.book.PriceTimeBook;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.Parameter;

/** What the rules of docs/trading.md are put to the test with, one by one, for the book and its naive twin. */
abstract class BookScene {

    static final long A = 1;
    static final long B = 2;

    /** Who is put to the test. */
    enum Kind { FAST, NAIVE }

    @Parameter
    Kind kind;

    final Command command = new Command();
    final List<Seen> all = new ArrayList<>();
    OrderBook book;
    List<Seen> last = List.of();
    long time;

    OrderBook book(Instrument rules) {
        return kind == Kind.FAST ? new PriceTimeBook(rules) : new NaiveBook(rules);
    }

    @BeforeEach
    void open() {
        open(Instrument.simple(1));
    }

    void open(Instrument rules) {
        book = book(rules);
        all.clear();
        phase(TradingPhase.PRE_OPEN);
        phase(TradingPhase.CONTINUOUS);
    }

    void openInCall(Instrument rules) {
        book = book(rules);
        phase(TradingPhase.OPENING_AUCTION);
    }

    List<Seen> send(Command next) {
        last = Seen.apply(book, next.at(++time));
        all.addAll(last);
        return last;
    }

    void phase(TradingPhase next) {
        send(command.phase(next, 0));
    }

    void buy(long id, long price, long quantity) {
        send(command.limit(id, A, Side.BUY, price, quantity));
    }

    void sell(long id, long price, long quantity) {
        send(command.limit(id, B, Side.SELL, price, quantity));
    }

    Command order(long id, Side side, OrderType type, TimeInForce in, long price, long quantity) {
        return command.newOrder(id, side == Side.BUY ? A : B, side, type, in, price, quantity);
    }

    Command limitBuy(long id, long price, long quantity) {
        return command.limit(id, A, Side.BUY, price, quantity);
    }

    Command limitSell(long id, long price, long quantity) {
        return command.limit(id, B, Side.SELL, price, quantity);
    }

    /** The trades of the last command, as "buyer-or-taker with other quantity@price" of the first party of each. */
    List<String> trades() {
        return last.stream().filter(report -> report.execType() == ExecType.TRADE && report.liquidity() != Liquidity.MAKER)
                .filter(report -> report.liquidity() == Liquidity.TAKER || report.side() == Side.BUY)
                .map(report -> report.orderId() + " with " + report.contraOrderId() + " " + report.lastQuantity() + "@" + report.lastPrice())
                .toList();
    }

    List<String> kinds() {
        return last.stream().map(report -> report.execType() + (report.reason() == Reason.NONE ? "" : " " + report.reason())
                + (report.orderId() == 0 ? "" : " " + report.orderId())).toList();
    }

    Reason reject() {
        assertThat(last).hasSize(1);
        assertThat(last.getFirst().execType()).isEqualTo(ExecType.REJECTED);
        return last.getFirst().reason();
    }

    String depth(Side side) {
        long[] levels = new long[10];
        int count = book.depth(side, levels);
        List<String> text = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            text.add(levels[2 * i + 1] + "@" + levels[2 * i]);
        }
        return String.join(" ", text);
    }

    void trade(long price) {
        sell(1000 + time, price, 1);
        buy(1000 + time, price, 1);
    }

    void rejects(Command bad, Reason reason) {
        send(bad);
        assertThat(reject()).isEqualTo(reason);
    }
}
