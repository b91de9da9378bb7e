package io.partita.trading;

import java.util.ArrayList;
import java.util.List;

/** An execution report to keep. */
record Seen(long sequence, long time, long commandId, ExecType execType, Reason reason, long orderId, long account, int participant,
            int session, Side side, long price, long quantity, long leaves, long filled, long lastPrice, long lastQuantity, long tradeId,
            long contraOrderId, Liquidity liquidity, long fee, TradingPhase phase) implements ExecutionReport {

    static Seen of(ExecutionReport r) {
        return new Seen(r.sequence(), r.time(), r.commandId(), r.execType(), r.reason(), r.orderId(), r.account(), r.participant(),
                r.session(), r.side(), r.price(), r.quantity(), r.leaves(), r.filled(), r.lastPrice(), r.lastQuantity(), r.tradeId(),
                r.contraOrderId(), r.liquidity(), r.fee(), r.phase());
    }

    /** Applies a command and returns what was reported. */
    static List<Seen> apply(OrderBook book, Command command) {
        List<Seen> reports = new ArrayList<>();
        book.apply(command, report -> reports.add(of(report)));
        return reports;
    }

    @Override
    public String toString() {
        String text = execType + (reason == Reason.NONE ? "" : " " + reason) + " " + orderId;
        return switch (execType) {
            case TRADE -> text + " " + side + " " + lastQuantity + "@" + lastPrice + " with " + contraOrderId + " " + liquidity
                    + (leaves > 0 ? " leaves " + leaves : " filled");
            case TRADING_STATUS -> "TRADING_STATUS " + phase + " " + lastQuantity + "@" + lastPrice;
            case MASS_CANCEL_DONE -> "MASS_CANCEL_DONE " + lastQuantity;
            default -> text + " " + side + " " + leaves + "@" + price;
        };
    }
}
