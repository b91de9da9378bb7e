package io.partita.member.bench.matching;

import io.partita.trading.Command;
import io.partita.trading.ExecutionReport;
import io.partita.trading.ExecutionSink;
import io.partita.trading.Instrument;
import io.partita.trading.Liquidity;
import io.partita.trading.TradingPhase;
import io.partita.trading.book.PriceTimeBook;

/** Ours, with everything on: checks, reports to both parties, the hash. */
final class PartitaVenue implements Venue {

    private final PriceTimeBook book = new PriceTimeBook(Instrument.simple(1));
    private final OrderStream stream;
    private final Command command = new Command();
    private final ExecutionSink sink = this::seen;
    private long trades;

    PartitaVenue(OrderStream stream) {
        this.stream = stream;
        book.apply(command.phase(TradingPhase.PRE_OPEN, 0), sink);
        book.apply(command.phase(TradingPhase.CONTINUOUS, 0), sink);
    }

    private void seen(ExecutionReport report) {
        if (report.liquidity() == Liquidity.MAKER) {
            trades = Venue.mix(trades, report.orderId(), report.lastPrice(), report.lastQuantity());
        }
    }

    @Override
    public void apply(int i) {
        book.apply(stream.into(i, command), sink);
    }

    @Override
    public long trades() {
        return trades;
    }

    @Override
    public int resting() {
        return book.size();
    }
}
