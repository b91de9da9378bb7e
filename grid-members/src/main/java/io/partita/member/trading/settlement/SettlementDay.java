package io.partita.member.trading.settlement;

import java.sql.SQLException;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** Up to which day trades are settled: the calendar's, in UTC, or the one that was set, if it is later. Thread-safe. */
final class SettlementDay {

    private final InstantSource clock;
    private final TradeQueries trades;

    SettlementDay(InstantSource clock, TradeQueries trades) {
        this.clock = clock;
        this.trades = trades;
    }

    LocalDate calendar() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }

    LocalDate today() throws SQLException {
        LocalDate calendar = calendar();
        return trades.day().filter(day -> day.isAfter(calendar)).orElse(calendar);
    }
}
