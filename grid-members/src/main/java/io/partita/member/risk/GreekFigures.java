package io.partita.member.risk;

import io.partita.kernels.pricing.Greeks;
import io.partita.member.risk.RiskHoldings.Line;
import io.partita.member.risk.RiskHoldings.Option;
import io.partita.positions.product.FixedCouponBond;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How the worth of positions changes with what it depends on, in major units of the base currency.
 *
 * @param delta what is gained if the underlying gains all of its price, at the pace of a small move
 * @param gamma by how much delta changes if it gains a hundredth
 * @param vega  of a hundredth of volatility more
 * @param theta of a day that passes
 * @param rho   of a ten-thousandth of the rate, or of a bond's yield, more
 */
record GreekFigures(double worth, double delta, double gamma, double vega, double theta, double rho) {

    static final GreekFigures ZERO = new GreekFigures(0, 0, 0, 0, 0, 0);
    private static final double DAYS_OF_A_YEAR = 365;
    private static final double BASIS_POINT = 1e-4;

    /** Of an option. @param n its Greeks times its quantity */
    private static GreekFigures of(Option option, Greeks n) {
        double price = option.price();
        return new GreekFigures(option.worth(), n.delta() * price, n.gamma() * price * price / 100, n.vega() / 100, n.theta() / DAYS_OF_A_YEAR,
                BASIS_POINT * (option.unpaid() ? n.rhoOfFuture() : n.rho()));
    }

    /** Of all options, in their order. */
    static List<GreekFigures> of(List<Option> options, double rate) {
        int[] alone = IntStream.range(0, options.size()).toArray();
        int[] currencies = new int[alone.length];
        List<Greeks> greeks = new OptionLines(rate, options, alone, currencies).greeks();
        List<GreekFigures> figures = new ArrayList<>();
        for (int i = 0; i < alone.length; i++) {
            figures.add(of(options.get(i), greeks.get(i)));
        }
        return figures;
    }

    /** Of what gains as its price does; a bond's price follows from its yield. */
    static GreekFigures of(Line line, LocalDate day) {
        double rho = line.product() instanceof FixedCouponBond bond ? BondFlows.of(line, bond, day).map(flows -> line.worth() * flows.move(BASIS_POINT)).orElse(0.0) : 0;
        return new GreekFigures(line.worth(), line.exposure(), 0, 0, 0, rho);
    }

    GreekFigures plus(GreekFigures other) {
        return new GreekFigures(worth + other.worth, delta + other.delta, gamma + other.gamma, vega + other.vega, theta + other.theta, rho + other.rho);
    }
}
