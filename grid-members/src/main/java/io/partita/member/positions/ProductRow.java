package io.partita.member.positions;

import io.partita.money.Currency;
import io.partita.positions.product.Cash;
import io.partita.positions.product.CurrencyPair;
import io.partita.positions.product.Equity;
import io.partita.positions.product.FixedCouponBond;
import io.partita.positions.product.Future;
import io.partita.positions.product.FxForward;
import io.partita.positions.product.Product;
import io.partita.positions.product.VanillaOption;
import java.math.BigDecimal;
import java.time.LocalDate;
import org.jdbi.v3.core.statement.PreparedBatch;

/** A product as its row in the table; what its kind does not have is null. */
record ProductRow(String symbol, Kind kind, String currency, String base, String underlying, Long multiplier, LocalDate lastDay, BigDecimal strike,
        String right,
                  String exercise, Long face, LocalDate issued, BigDecimal percent, Integer frequency, String dayCount, String actor) {

    /** What it is. */
    enum Kind { CASH, EQUITY, CURRENCY_PAIR, BOND, FUTURE, OPTION, FX_FORWARD }

    static ProductRow of(Product product, String actor) {
        String symbol = product.symbol();
        String currency = product.currency().code();
        LocalDate last = product.lastDay();
        return switch (product) {
            case Cash _ -> plain(symbol, Kind.CASH, currency, null, last, actor);
            case Equity _ -> plain(symbol, Kind.EQUITY, currency, null, last, actor);
            case CurrencyPair pair -> plain(symbol, Kind.CURRENCY_PAIR, currency, pair.base(), last, actor);
            case FxForward forward -> plain(symbol, Kind.FX_FORWARD, currency, forward.base(), last, actor);
            case Future future -> new ProductRow(symbol, Kind.FUTURE, currency, null, future.underlying(), future.multiplier(), last, null, null,
                    null, null, null, null, null,
                    null, actor);
            case VanillaOption option -> new ProductRow(symbol, Kind.OPTION, currency, null, option.underlying(), option.multiplier(), last,
                    option.strike().value(),
                    option.right().name(), option.exercise().name(), null, null, null, null, null, actor);
            case FixedCouponBond bond -> new ProductRow(symbol, Kind.BOND, currency, null, null, null, last, null, null, null, bond.face(),
                    bond.issued(),
                    bond.percent().stripTrailingZeros(), bond.frequency(), bond.dayCount().name(), actor);
        };
    }

    private static ProductRow plain(String symbol, Kind kind, String currency, Currency base, LocalDate last, String actor) {
        return new ProductRow(symbol, kind, currency, base == null ? null : base.code(), null, null, last, null, null, null, null, null, null, null,
                null, actor);
    }

    PreparedBatch bind(PreparedBatch batch) {
        return batch.bind("symbol", symbol).bind("kind", kind.name()).bind("currency", currency).bind("base", base).bind("underlying", underlying)
                .bind("multiplier", multiplier).bind("lastDay", lastDay).bind("strike", strike).bind("right", right).bind("exercise", exercise)
                .bind("face", face)
                .bind("issued", issued).bind("percent", percent).bind("frequency", frequency).bind("dayCount", dayCount).bind("actor", actor);
    }
}
