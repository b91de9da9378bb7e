package io.partita.member.trading.settlement;

import io.partita.member.trading.Listing;
import io.partita.money.Currency;
import io.partita.trading.settlement.SettlementTerms;
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

    /** How trades of an instrument become movements in the ledger; null if its currency is none. */
    static SettlementTerms terms(Listing listing) {
        return Currency.find(listing.currency()).map(money -> new SettlementTerms(listing.unit(), money, listing.priceScale())).orElse(null);
    }
}
