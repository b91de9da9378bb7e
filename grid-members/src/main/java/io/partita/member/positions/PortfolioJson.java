package io.partita.member.positions;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.partita.money.Currency;
import io.partita.positions.PositionRefusal;
import io.partita.positions.book.Portfolio;
import io.partita.positions.book.Portfolio.Level;
import io.partita.positions.book.Totals;
import io.partita.positions.book.Valued;
import io.partita.positions.explain.Explanation;
import io.partita.positions.lots.Gain;
import io.partita.positions.lots.Holding;
import io.partita.positions.lots.Holding.Method;
import io.partita.positions.lots.Lot;
import io.partita.positions.product.Cash;
import io.partita.positions.product.CurrencyPair;
import io.partita.positions.product.FxForward;
import io.partita.positions.product.Product;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Portfolios in the words of JSON; amounts are decimals in major units. */
final class PortfolioJson {

    /** A price that is older is called stale. */
    static final int STALE_DAYS = 7;

    private PortfolioJson() {
    }

    /** A portfolio as somebody wants it. */
    @Schema(name = "NewPortfolio")
    record Wanted(@Schema(requiredMode = Schema.RequiredMode.REQUIRED) String name, @Schema(requiredMode = Schema.RequiredMode.REQUIRED) Level level,
                  @Schema(description = "the code of the one above it; none for a firm") String parent,
                  @Schema(requiredMode = Schema.RequiredMode.REQUIRED, description = "the currency of its figures; that of its firm",
                          example = "EUR") String base) {
    }

    /** A portfolio. */
    @Schema(name = "Portfolio")
    record One(String code, String name, Level level, String parent, String base, List<String> below, List<String> accounts) {
    }

    /** Sums in the base currency. */
    @Schema(name = "PortfolioTotals")
    record Sums(String code, Level level, @Schema(description = "interest included; of futures and forwards the gain") String worth,
                @Schema(description = "the sum of absolute worths; of futures and forwards that of what they are on") String exposure,
                String realized,
                @Schema(description = "how much of it came from rates alone") String realizedFx, String unrealized,
                @Schema(description = "how much of it came from rates alone") String unrealizedFx, String income, String fees,
                @Schema(description = "realized, unrealized and income, less fees") String gain, int positions,
                @Schema(description = "positions without a price or a rate, which are in no sum but this") int unpriced) {

        static Sums of(Portfolio portfolio, Totals totals) {
            Currency base = portfolio.base();
            return new Sums(portfolio.code(), portfolio.level(), major(base, totals.worth()), major(base, totals.exposure()),
                    major(base, totals.realized()),
                    major(base, totals.realizedFx()), major(base, totals.unrealized()), major(base, totals.unrealizedFx()),
                    major(base, totals.income()),
                    major(base, totals.fees()), major(base, totals.gain()), totals.positions(), totals.unpriced());
        }
    }

    /** What a portfolio is worth. */
    @Schema(name = "PortfolioValue")
    record Value(String code, String base, LocalDate day, Method method, Sums total,
            @Schema(description = "it and all below it, the highest first") List<Sums> sums) {
    }

    /** A position and what it is worth; what needs a price or a rate that there is none of is absent. */
    @Schema(name = "PortfolioPosition")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record OnePosition(String account, String symbol, ProductRow.Kind kind, String currency,
            @Schema(description = "units; of currencies and pairs in major units") String quantity,
                       String price, LocalDate priceDay, Integer priceVersion,
                               @Schema(description = "the price is older than seven days") Boolean stale,
                       @Schema(description = "past its last day") Boolean expired, @Schema(description = "in its currency") String cost,
                       @Schema(description = "in its currency, with accrued interest") String worth, String accrued,
                       @Schema(description = "as all that follows in the base currency") String worthInBase, String realized, String realizedFx,
                               String unrealized,
                       String unrealizedFx, String income, String fees,
                       @Schema(description = "why it is not valued: MISSING_PRICE or MISSING_RATE") PositionRefusal missing) {

        static OnePosition of(Valued valued, Currency base, LocalDate day) {
            Product product = valued.held().product();
            Holding holding = valued.held().holding();
            Currency currency = product.currency();
            boolean rated = valued.missing() != PositionRefusal.MISSING_RATE;
            Gain open = valued.unrealized();
            return new OnePosition(Long.toString(valued.held().account()), product.symbol(), ProductRow.of(product, null).kind(), currency.code(),
                    units(product, holding.quantity()), valued.mark() == null ? null : valued.mark().price().toString(),
                    valued.mark() == null ? null : valued.mark().day(),
                    valued.mark() == null ? null : valued.mark().version(),
                    valued.mark() == null ? null : ChronoUnit.DAYS.between(valued.mark().day(), day) > STALE_DAYS,
                    product.lastDay() == null || holding.quantity() == 0 ? null : product.lastDay().isBefore(day),
                    major(currency, holding.cost(valued.method()).local()),
                    valued.priced() ? major(currency, valued.worth().local()) : null,
                    valued.accrued() == 0 ? null : major(currency, valued.accrued()),
                    valued.priced() ? major(base, valued.worth().base()) : null, rated ? major(base, valued.realized().base()) : null,
                    rated ? major(base, valued.realized().fx()) : null, open == null ? null : major(base, open.base()),
                    open == null ? null : major(base, open.fx()),
                    rated ? major(base, valued.income().base()) : null, rated ? major(base, valued.fees().base()) : null, valued.missing());
        }
    }

    /** A page of positions. */
    @Schema(name = "PortfolioPositions")
    record Positions(String code, String base, LocalDate day, Method method, List<OnePosition> positions,
                     @Schema(description = "of the next page; absent after the last") Integer next) {
    }

    /** A lot. */
    @Schema(name = "Lot")
    record OneLot(@Schema(description = "number of the trade, or row of the import, that opened it") String trade, LocalDate day, String quantity,
            String cost, String costInBase) {
    }

    /** A position, lot by lot. */
    @Schema(name = "Lots")
    record Lots(String account, String symbol, String currency, String base, String quantity, String averageCost, String realizedAverage,
            String realizedFifo, String fees,
                String income, List<OneLot> lots) {

        static Lots of(long account, Product product, Holding holding, Currency base) {
            Currency currency = product.currency();
            return new Lots(Long.toString(account), product.symbol(), currency.code(), base.code(), units(product, holding.quantity()),
                    major(currency, holding.averageCost().local()), major(currency, holding.realizedAverage().local()),
                    major(currency, holding.realizedFifo().local()),
                    major(currency, holding.fees().local()), major(currency, holding.income().local()),
                    holding.lots().stream().map(lot -> lot(lot, product, base)).toList());
        }

        private static OneLot lot(Lot lot, Product product, Currency base) {
            return new OneLot(Long.toString(lot.trade()), lot.day(), units(product, lot.quantity()), major(product.currency(), lot.cost().local()),
                    major(base, lot.cost().base()));
        }
    }

    /** A snapshot that was taken. */
    @Schema(name = "PositionSnapshot")
    record Snapshot(String code, LocalDate day, int positions) {
    }

    /** Parts of a gain, which sum up to it. */
    @Schema(name = "GainParts")
    record Parts(String price, String trades, @Schema(description = "interest, dividends and coupons") String carry, String fx, String fees,
                 @Schema(description = "of what was before, and was told since") String corrections,
                 @Schema(description = "what rounding leaves") String residual, String total) {

        static Parts of(Explanation parts, Currency base) {
            return new Parts(major(base, parts.price()), major(base, parts.trades()), major(base, parts.carry()), major(base, parts.fx()),
                    major(base, parts.fees()),
                    major(base, parts.corrections()), major(base, parts.residual()), major(base, parts.total()));
        }
    }

    /** Why a position gained. */
    @Schema(name = "ExplainedPosition")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record OneExplained(String account, String symbol, Parts parts, @Schema(description = "why it cannot be explained") PositionRefusal missing) {
    }

    /** Why a portfolio gained. */
    @Schema(name = "ExplainedPortfolio")
    record Explained(String code, String base, LocalDate day,
                     @Schema(description = "whether a snapshot tells what was held at the start; otherwise what is known now does, and there are no corrections") boolean snapshot,
                     @Schema(description = "over all positions that are explained") Parts total, List<OneExplained> positions) {
    }

    static String major(Currency currency, long minor) {
        return currency.toMajor(minor).toPlainString();
    }

    private static String units(Product product, long quantity) {
        return switch (product) {
            case Cash cash -> major(cash.currency(), quantity);
            case CurrencyPair pair -> major(pair.base(), quantity);
            case FxForward forward -> major(forward.base(), quantity);
            default -> Long.toString(quantity);
        };
    }
}
