package io.partita.trading.book;

import io.partita.trading.Command;
import io.partita.trading.CommandType;
import io.partita.trading.ExecType;
import io.partita.trading.ExecutionReport;
import io.partita.trading.ExecutionSink;
import io.partita.trading.Liquidity;
import io.partita.trading.Reason;
import io.partita.trading.Side;
import io.partita.trading.Terms;
import io.partita.trading.TradingPhase;

/** Tells the sink what happens. Is the report itself, and reads the order's fields only when the sink asks for them. */
final class Reports implements ExecutionReport {

    private static final ExecType[] EXEC_TYPES = ExecType.values();
    private static final Reason[] REASONS = Reason.values();
    private static final Liquidity[] LIQUIDITIES = Liquidity.values();

    private final BookState state;
    private final OrderPool pool;
    private ExecutionSink sink;
    private Command command;

    /** 0 for a report that is about a command only. */
    private int order;
    // By their ordinals: every order is reported, and a reference stored into an old object costs a fence of the collector.
    private int execType;
    private int reason;
    private int liquidity;
    private long lastPrice;
    private long lastQuantity;
    private long contra;

    Reports(BookState state) {
        this.state = state;
        this.pool = state.pool;
    }

    /** Most come with the same carrier and to the same sink as the one before, and nothing is stored. */
    void begin(Command next, ExecutionSink to) {
        if (command != next) {
            command = next;
        }
        if (sink != to) {
            sink = to;
        }
    }

    void rejected(Reason why) {
        send(0, ExecType.REJECTED, why, 0, 0, 0, Liquidity.NONE);
    }

    void order(int about, ExecType type, Reason why) {
        send(about, type, why, 0, 0, 0, Liquidity.NONE);
    }

    /** One party's side of the trade that was counted last. */
    void trade(int about, long otherId, long price, long quantity, Liquidity role) {
        send(about, ExecType.TRADE, Reason.NONE, price, quantity, otherId, role);
    }

    /** The phase, or the end of a mass cancel. */
    void book(ExecType type, long price, long quantity) {
        send(0, type, Reason.NONE, price, quantity, 0, Liquidity.NONE);
    }

    private void send(int about, ExecType type, Reason why, long price, long quantity, long other, Liquidity role) {
        state.reports++;
        order = about;
        execType = type.ordinal();
        reason = why.ordinal();
        lastPrice = price;
        lastQuantity = quantity;
        contra = other;
        liquidity = role.ordinal();
        sink.on(this);
    }

    private boolean ofCommand() {
        return execType == ExecType.REJECTED.ordinal();
    }

    @Override
    public long sequence() {
        return state.reports;
    }

    @Override
    public long time() {
        return state.now;
    }

    @Override
    public long commandId() {
        return command.id();
    }

    @Override
    public ExecType execType() {
        return EXEC_TYPES[execType];
    }

    @Override
    public Reason reason() {
        return REASONS[reason];
    }

    @Override
    public long orderId() {
        return order != 0 ? pool.id(order) : ofCommand() ? command.orderId() : 0;
    }

    @Override
    public long account() {
        return order != 0 ? pool.words[order + OrderPool.ACCOUNT] : ofCommand() ? command.account() : 0;
    }

    @Override
    public int participant() {
        return order != 0 ? pool.participant(order) : ofCommand() ? command.participant() : 0;
    }

    @Override
    public int session() {
        return order != 0 ? pool.session(order) : ofCommand() ? command.session() : 0;
    }

    @Override
    public Side side() {
        return Terms.side(order != 0 ? pool.terms(order) : command.terms());
    }

    @Override
    public long price() {
        return order != 0 ? pool.price(order) : ofCommand() ? command.price() : 0;
    }

    @Override
    public long quantity() {
        return order != 0 ? pool.cold[order + OrderPool.FILLED] + pool.leaves(order) : ofCommand() ? command.quantity() : 0;
    }

    @Override
    public long leaves() {
        return order == 0 || execType == ExecType.CANCELED.ordinal() || execType == ExecType.EXPIRED.ordinal() ? 0 : pool.leaves(order);
    }

    @Override
    public long filled() {
        return order == 0 ? 0 : pool.cold[order + OrderPool.FILLED];
    }

    @Override
    public long lastPrice() {
        return lastPrice;
    }

    @Override
    public long lastQuantity() {
        return lastQuantity;
    }

    @Override
    public long tradeId() {
        return execType == ExecType.TRADE.ordinal() ? state.trades : 0;
    }

    @Override
    public long contraOrderId() {
        return contra;
    }

    @Override
    public Liquidity liquidity() {
        return LIQUIDITIES[liquidity];
    }

    @Override
    public long fee() {
        return state.instrument.fees().of(liquidity(), lastPrice, lastQuantity);
    }

    @Override
    public TradingPhase phase() {
        return state.phase;
    }

    @Override
    public int terms() {
        return switch (execType()) {
            case NEW, REPLACED, TRIGGERED, RESTATED -> pool.terms(order) & (1 << Terms.FIRST_FREE_BIT) - 1;
            case REJECTED -> command.type() == CommandType.NEW_ORDER ? command.terms() : 0;
            default -> 0;
        };
    }
}
