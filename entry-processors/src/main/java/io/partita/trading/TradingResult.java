package io.partita.trading;

import io.partita.trading.risk.RiskRefusal;
import java.util.List;
import java.util.stream.IntStream;

/** What became of one command. */
public sealed interface TradingResult {

    /** The id of the command. */
    long commandId();

    /** All commands of a batch refused for one reason. */
    static List<TradingResult> refused(CommandBatch commands, TradingRefusal code) {
        return IntStream.range(0, commands.size()).<TradingResult>mapToObj(i -> new Refused(commands.id(i), code, "")).toList();
    }

    /**
     * The book has dealt with it.
     *
     * @param reports  what happened because of it, in order, other parties' orders included; empty for a repeat whose reports are too
     *                 long ago for the book to have them
     * @param repeated true if the command had been carried out before, and this is what came of it then
     */
    record Executed(long commandId, List<Execution> reports, boolean repeated) implements TradingResult {

        public Executed {
            reports = Executions.of(reports);
        }

        /** Why the book rejected it; {@link Reason#NONE} if it did not. */
        public Reason rejected() {
            return Executions.of(reports).rejected();
        }

        /** The number that the book gave the new order; 0 if there is none. */
        public long orderId() {
            return reports.isEmpty() ? 0 : reports.getFirst().orderId();
        }
    }

    /** It has not reached the book, unless the code says that this is unknown. */
    record Refused(long commandId, TradingRefusal code, String detail) implements TradingResult {
    }

    /** Pre-trade risk of the trading account did not let it pass; nothing was changed. */
    record Denied(long commandId, RiskRefusal code) implements TradingResult {
    }
}
