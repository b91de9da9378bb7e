package io.partita.trading.venue;

import io.partita.trading.ExecType;
import io.partita.trading.ExecutionReport;
import io.partita.trading.settlement.Deal;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** The trades of the piece that a book is carrying out, encoded. Of the two reports of a trade each adds its part. */
final class DealLog {

    private static final byte[] NONE = {};

    private ByteBuffer deals = ByteBuffer.allocate(1024);
    private long open;

    void begin() {
        deals.clear();
        open = 0;
    }

    void add(ExecutionReport report) {
        if (report.execType() != ExecType.TRADE) {
            return;
        }
        if (deals.remaining() < Deal.MAX_BYTES) {
            deals = ByteBuffer.allocate(deals.capacity() * 2).put(deals.flip());
        }
        if (report.tradeId() == open) {
            Deal.encodeParty(report, deals);
            open = 0;
        } else {
            Deal.encodeFirst(report, deals);
            open = report.tradeId();
        }
    }

    byte[] encoded() {
        return deals.position() == 0 ? NONE : Arrays.copyOf(deals.array(), deals.position());
    }
}
