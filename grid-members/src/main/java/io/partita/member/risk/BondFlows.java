package io.partita.member.risk;

import io.partita.kernels.pricing.BondYield;
import io.partita.member.risk.RiskHoldings.Line;
import io.partita.positions.product.FixedCouponBond;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What a position in a bond will be paid, in major units of the base currency at today's rate, and the yield that its worth implies.
 *
 * @param payments by day, whatever the sign of the position
 * @param years    until each
 * @param yield    a year, continuously compounded
 */
record BondFlows(double[] payments, double[] years, double yield) {

    private static final double DAYS_OF_A_YEAR = 365;

    /** Nothing if no yield explains the price. */
    static Optional<BondFlows> of(Line line, FixedCouponBond bond, LocalDate day) {
        long quantity = Math.absExact(line.quantity());
        List<LocalDate> days = bond.couponDays().stream().filter(coupon -> coupon.isAfter(day)).toList();
        double[] payments = new double[days.size()];
        double[] years = new double[days.size()];
        for (int i = 0; i < payments.length; i++) {
            long face = days.get(i).equals(bond.maturity()) ? Math.multiplyExact(bond.face(), quantity) : 0;
            payments[i] = line.toBase() * bond.currency().toMajor(Math.addExact(bond.coupon(quantity, days.get(i)), face)).doubleValue();
            years[i] = ChronoUnit.DAYS.between(day, days.get(i)) / DAYS_OF_A_YEAR;
        }
        double worth = Math.abs(line.worth());
        OptionalDouble yield = worth == 0 ? OptionalDouble.empty() : BondYield.of(payments, years, worth);
        return yield.isEmpty() ? Optional.empty() : Optional.of(new BondFlows(payments, years, yield.getAsDouble()));
    }

    /** What part of its worth is gained if the yield moves. */
    double move(double shift) {
        return BondYield.price(payments, years, yield + shift) / BondYield.price(payments, years, yield) - 1;
    }
}
