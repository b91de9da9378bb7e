package io.partita.console.positions;

import io.partita.console.api.Answer;
import io.partita.console.api.MemberApi;
import io.partita.console.api.MemberApi.Query;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.springframework.stereotype.Component;

/** Portfolios and positions as the console asks for them; amounts are in major units. Thread-safe; calls block. */
@Component
public class PortfolioApi {

    private final MemberApi api;

    PortfolioApi(MemberApi api) {
        this.api = api;
    }

    /** A portfolio. @param level FIRM, DESK or BOOK @param parent null for a firm */
    public record Portfolio(String code, String name, String level, String parent, String base) {

        /** {@code Equities, desk}. */
        String title() {
            return name + ", " + Words.of(level).toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Sums in the base currency.
     *
     * @param exposure    absolute worths, and what futures and forwards are on
     * @param unpriced    positions that are in no sum but this
     * @param dayGain     since the close before; null unless marked with each price
     * @param valueAtRisk of a day at 99 %, quickly estimated; null unless marked with each price
     */
    record Sums(String code, String level, BigDecimal worth, BigDecimal exposure, BigDecimal realized, BigDecimal realizedFx, BigDecimal unrealized, BigDecimal unrealizedFx,
                BigDecimal income, BigDecimal fees, BigDecimal gain, BigDecimal dayGain, BigDecimal valueAtRisk, int positions, int unpriced) {
    }

    /** What a portfolio is worth. @param live whether it is marked with each price; null if by closes @param sums it and all below it */
    record Value(Boolean live, Sums total, List<Sums> sums) {
    }

    /** A position; what needs a price or a rate that there is none of is null. @param cost and worth in its currency, the rest in that of the portfolio */
    record Position(String account, String symbol, String kind, String currency, BigDecimal quantity, BigDecimal price, LocalDate priceDay, Instant priceTime, Boolean stale, Boolean expired,
                    BigDecimal cost, BigDecimal worth, BigDecimal accrued, BigDecimal worthInBase, BigDecimal realized, BigDecimal realizedFx, BigDecimal unrealized,
                    BigDecimal unrealizedFx, BigDecimal income, BigDecimal fees, String missing) {

        /** With what the last price has made of it. */
        Position marked(Marked mark) {
            return mark.missing() != null || mark.quantity().compareTo(quantity) != 0 ? this : new Position(account, symbol, kind, currency, quantity, mark.price(), priceDay,
                    mark.priceTime(), false, expired, cost, mark.worth(), accrued, mark.worthInBase(), mark.realized(), realizedFx, mark.unrealized(), mark.unrealizedFx(), mark.income(),
                    mark.fees(), null);
        }
    }

    /** A position as the last price has marked it. */
    record Marked(String account, String symbol, BigDecimal quantity, BigDecimal price, Instant priceTime, BigDecimal worth, BigDecimal worthInBase, BigDecimal realized,
                  BigDecimal unrealized, BigDecimal unrealizedFx, BigDecimal income, BigDecimal fees, String missing) {
    }

    /** Some positions. @param next of the next page, or null */
    record Positions(String code, String base, LocalDate day, List<Position> positions, Integer next) {
    }

    /** A lot. @param trade its number, or the row of an import */
    record Lot(String trade, LocalDate day, BigDecimal quantity, BigDecimal cost, BigDecimal costInBase) {
    }

    /** A position, lot by lot. */
    record Lots(String account, String symbol, String currency, String base, BigDecimal quantity, BigDecimal averageCost, BigDecimal realizedAverage, BigDecimal realizedFifo,
                BigDecimal fees, BigDecimal income, List<Lot> lots) {
    }

    /** Parts of a gain, which sum up to it. */
    record Parts(BigDecimal price, BigDecimal trades, BigDecimal carry, BigDecimal fx, BigDecimal fees, BigDecimal corrections, BigDecimal residual, BigDecimal total) {

        static final Parts ZERO = new Parts(BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO);

        Parts plus(Parts other) {
            return new Parts(price.add(other.price), trades.add(other.trades), carry.add(other.carry), fx.add(other.fx), fees.add(other.fees), corrections.add(other.corrections),
                    residual.add(other.residual), total.add(other.total));
        }
    }

    /** Why a position gained. @param parts null if it cannot be explained, for what is missing */
    record ExplainedPosition(String account, String symbol, Parts parts, String missing) {
    }

    /** Why a portfolio gained in a day. @param snapshot whether one tells what was held at its start */
    record Explained(String code, String base, LocalDate day, boolean snapshot, Parts total, List<ExplainedPosition> positions) {
    }

    /** All portfolios, by code. */
    public Answer<List<Portfolio>> portfolios() {
        return api.get("/portfolios", Portfolio[].class).map(Arrays::asList);
    }

    /** @param day null for today @param method AVERAGE or FIFO */
    Answer<Value> value(String code, LocalDate day, String method) {
        return api.get(path(code), Query.NONE.with("day", day).with("method", method), Value.class);
    }

    /** As marked with each price, at average cost; refused while nobody does. */
    Answer<Value> live(String code) {
        return api.get(path(code) + "/pnl", Value.class);
    }

    /** The first positions as marked with each price, by account and symbol. */
    Answer<List<Marked>> marked(String code, int most) {
        record Page(List<Marked> positions) {
        }
        return api.get(path(code) + "/pnl/positions", Query.NONE.with("limit", most), Page.class).map(Page::positions);
    }

    /** @param after next of the page before, or 0 */
    Answer<Positions> positions(String code, LocalDate day, String method, int after, int limit) {
        return api.get(path(code) + "/positions", Query.NONE.with("day", day).with("method", method).with("after", after).with("limit", limit), Positions.class);
    }

    Answer<Lots> lots(String account, String symbol, LocalDate day, String base) {
        return api.get("/positions/lots", Query.NONE.with("account", account).with("symbol", symbol).with("day", day).with("base", base), Lots.class);
    }

    Answer<Explained> explain(String code, LocalDate day) {
        return api.get(path(code) + "/explain", Query.NONE.with("day", day), Explained.class);
    }

    private static String path(String code) {
        return "/portfolios/" + MemberApi.segment(code);
    }
}
