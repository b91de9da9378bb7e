package io.partita.member.positions;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.partita.money.Currency;
import io.partita.positions.book.Portfolio.Level;
import io.partita.positions.book.Totals;
import io.partita.positions.live.LivePortfolio;
import io.partita.positions.live.LivePosition;
import io.partita.positions.live.LivePulse;
import io.partita.time.EpochNanos;
import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/** Live figures as REST and WebSockets tell them; amounts are decimals in major units. */
public final class PnlJson {

    private PnlJson() {
    }

    /** A portfolio as it was marked last. */
    @Schema(name = "LivePortfolio")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Pnl(String code, Level level, String parent, String base, @Schema(description = "of UTC") String day,
                      @Schema(description = "interest included; of futures and forwards the gain") String worth,
                      @Schema(description = "the sum of absolute worths") String exposure, @Schema(description = "realized, unrealized and income, less fees") String gain,
                      @Schema(description = "by which the gain has grown since the day began; absent if something that was held then had no price or rate") String dayGain,
                      String realized, String realizedFx, String unrealized, String unrealizedFx, String income, String fees, int positions,
                      @Schema(description = "positions without a price or a rate, which are in no sum but this") int unpriced,
                      @Schema(description = "accounts with too many positions, which are in no sum") int refused,
                      @Schema(description = "of one day at 99 %, linear; absent if it is not known") String valueAtRisk,
                      @Schema(description = "when that was calculated") String riskTime, @Schema(description = "products that are not in it") Integer riskLeft,
                      @Schema(description = "of the latest price in it") String time, @Schema(description = "when it was marked") String told,
                      @Schema(description = "run and round of the job; the greater one is the newer") String version) {

        /** As it is told. */
        public static Pnl of(LivePortfolio row) {
            Currency base = row.currency();
            Totals totals = row.totals();
            boolean measured = row.valueAtRisk() != null;
            return new Pnl(row.code(), row.level(), row.parent(), row.base(), row.day(), major(base, totals.worth()), major(base, totals.exposure()), major(base, row.gain()),
                    major(base, row.dayGain()), major(base, totals.realized()), major(base, totals.realizedFx()), major(base, totals.unrealized()),
                    major(base, totals.unrealizedFx()), major(base, totals.income()), major(base, totals.fees()), totals.positions(), totals.unpriced(), row.refused(),
                    measured ? new BigDecimal(row.valueAtRisk()).setScale(base.minorDigits(), RoundingMode.HALF_EVEN).toPlainString() : null,
                    measured ? iso(row.riskTime()) : null, measured ? row.riskLeft() : null, row.time() == 0 ? null : iso(row.time()), iso(row.told()),
                    row.run() + "." + row.revision());
        }
    }

    /** A position as it was marked last. */
    @Schema(name = "LivePosition")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record OnePosition(String account, String symbol, String book, String currency, @Schema(description = "units; of currencies and pairs in major units") String quantity,
                       String price, @Schema(description = "when it was made") String priceTime, @Schema(description = "in its currency, with accrued interest") String worth,
                       @Schema(description = "as all that follows in the base currency") String worthInBase, String realized, String unrealized, String unrealizedFx,
                       String income, String fees, @Schema(description = "why it is not valued: MISSING_PRICE or MISSING_RATE") String missing, String version) {

        static OnePosition of(LivePosition row) {
            Currency base = Currency.of(row.base());
            return new OnePosition(Long.toString(row.account()), row.symbol(), row.book(), row.currency(), row.units().toPlainString(),
                    row.price() == null ? null : row.price().toPlainString(), row.priceTime() == 0 ? null : iso(row.priceTime()),
                    major(Currency.of(row.currency()), row.worth()), major(base, row.worthInBase()), major(base, row.realized()), major(base, row.unrealized()),
                    major(base, row.unrealizedFx()), major(base, row.income()), major(base, row.fees()), row.missing(), row.run() + "." + row.revision());
        }
    }

    /** A portfolio and all below it. */
    @Schema(name = "LivePortfolioAnswer")
    record OfPortfolio(@Schema(description = "whether portfolios are marked now; if not, this is what was told last") boolean live, Pnl total,
                       @Schema(description = "it and all below it, the highest first") List<Pnl> sums) {
    }

    /** A page of positions. */
    @Schema(name = "LivePositions")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Positions(boolean live, String code, String base, List<OnePosition> positions, @Schema(description = "of the next page; absent after the last") Integer next) {
    }

    /** All portfolios, and how marking goes on. */
    @Schema(name = "LivePnl")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record All(boolean live, Marking marking, List<Pnl> portfolios) {
    }

    /** What the job does. */
    @Schema(name = "Marking")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Marking(long run, String told, @Schema(description = "up to when positions were read from the database") String read, int positions, long rounds, long marks,
                   @Schema(description = "prices that a later one took the place of before anything was marked by them") long conflated,
                   @Schema(description = "prices that were made before the one that counts") long late) {

        static Marking of(LivePulse pulse) {
            return new Marking(pulse.run(), pulse.time() == 0 ? null : iso(pulse.time()), pulse.read() == 0 ? null : iso(pulse.read()), pulse.positions(), pulse.rounds(),
                    pulse.marks(), pulse.conflated(), pulse.late());
        }
    }

    private static String major(Currency currency, Long minor) {
        return minor == null ? null : PortfolioJson.major(currency, minor);
    }

    private static String iso(long nanos) {
        return EpochNanos.instant(nanos).toString();
    }
}
