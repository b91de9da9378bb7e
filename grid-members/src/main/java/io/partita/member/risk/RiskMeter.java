package io.partita.member.risk;

import io.partita.kernels.measure.RiskEstimate;
import io.partita.member.risk.RiskHoldings.Left;
import io.partita.member.risk.RiskHoldings.Option;
import io.partita.money.Currency;
import io.partita.positions.PositionRefusal;
import io.partita.positions.PositionRefused;
import io.partita.positions.book.Valued;
import io.partita.positions.product.Product;
import io.partita.positions.product.VanillaOption;
import io.partita.risk.LimitRefusal;
import io.partita.risk.LimitRefused;
import io.partita.risk.Tail;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Risk in whole minor units, for limits and margin. Thread-safe; calls block. */
public final class RiskMeter {

    private static final int SCENARIOS = 100_000;
    private static final long SEED = 1;
    private static final double UNDISCOUNTED = 0;

    private final PortfolioRisk risk;

    RiskMeter(PortfolioRisk risk) {
        this.risk = risk;
    }

    /**
     * Losses, each rounded up to a minor unit; never negative.
     *
     * @param left symbols of positions that are in neither
     */
    public record Measured(long valueAtRisk, long expectedShortfall, Set<String> left) {
    }

    /**
     * The risk of some positions.
     *
     * @throws io.partita.kernels.KernelRefusedException {@code TOO_FEW_OBSERVATIONS}, {@code TOO_LARGE} and whatever a model refuses
     * @throws PositionRefused {@code NUMBER_TOO_LARGE}
     * @throws LimitRefused {@code TAIL_OUT_OF_RANGE}
     */
    public Measured measure(List<Valued> positions, Currency base, LocalDate day, Tail tail) {
        RiskSettings settings = settings(tail);
        RiskFactors factors = risk.factors(risk.holdings(positions, base, day, settings.rate()), settings.window());
        RiskEstimate estimate = RiskFigures.of(factors, settings, risk.engine()).risk();
        return new Measured(minor(estimate.valueAtRisk(), base), minor(estimate.expectedShortfall(), base),
                factors.left().stream().map(Left::symbol).collect(Collectors.toSet()));
    }

    /**
     * What one unit of each option that is among some positions gains if its underlying gains all of its price, at the pace of a small move, in major units of the base
     * currency. Options of which nobody knows a volatility are not in it.
     */
    public Map<VanillaOption, Double> deltas(List<Valued> positions, Currency base, LocalDate day) {
        // One position of each is enough, and cannot be evened out by another.
        Map<Product, Valued> some = positions.stream().filter(one -> one.held().product() instanceof VanillaOption && one.held().holding().quantity() != 0)
                .collect(Collectors.toMap(one -> one.held().product(), one -> one, (one, _) -> one));
        if (some.isEmpty()) {
            return Map.of();
        }
        List<Option> options = risk.holdings(List.copyOf(some.values()), base, day, UNDISCOUNTED).options();
        List<GreekFigures> figures = GreekFigures.of(options, UNDISCOUNTED);
        return IntStream.range(0, options.size()).boxed().collect(Collectors.toMap(i -> options.get(i).product(), i -> figures.get(i).delta() / options.get(i).quantity()));
    }

    /** Throws what {@link #measure} would throw of a tail that cannot be measured. */
    public void check(Tail tail) {
        settings(tail);
    }

    private static RiskSettings settings(Tail tail) {
        try {
            return new RiskSettings(RiskMethod.valueOf(tail.method()), tail.level(), tail.window(), tail.horizon(), SCENARIOS, SEED);
        } catch (IllegalArgumentException unknown) {
            throw new LimitRefused(LimitRefusal.TAIL_OUT_OF_RANGE, unknown.getMessage());
        }
    }

    private static long minor(double major, Currency base) {
        try {
            return Math.max(0, new BigDecimal(major).movePointRight(base.minorDigits()).setScale(0, RoundingMode.CEILING).longValueExact());
        } catch (ArithmeticException tooLarge) {
            throw new PositionRefused(PositionRefusal.NUMBER_TOO_LARGE, "A risk of " + major + " " + base);
        }
    }
}
