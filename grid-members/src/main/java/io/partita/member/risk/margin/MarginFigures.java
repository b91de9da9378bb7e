package io.partita.member.risk.margin;

import io.partita.kernels.KernelRefusal;
import io.partita.kernels.KernelRefusedException;
import io.partita.ledger.Balance;
import io.partita.ledger.Reading;
import io.partita.member.positions.PositionBook;
import io.partita.member.positions.Prices;
import io.partita.member.positions.RateHistory;
import io.partita.member.risk.RiskMeter;
import io.partita.money.Currency;
import io.partita.positions.PositionRefusal;
import io.partita.positions.PositionRefused;
import io.partita.positions.book.Totals;
import io.partita.positions.book.Valued;
import io.partita.positions.lots.Holding.Method;
import io.partita.risk.Measure;
import io.partita.risk.margin.MarginStanding;
import io.partita.risk.margin.MarginTerms;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;

/** What margin accounts have and need, by the ledger's cash and the positions and prices of a day. Thread-safe; calls block. */
final class MarginFigures {

    private final PositionBook book;
    private final Prices prices;
    private final RiskMeter meter;
    private final MarginCash cash;

    MarginFigures(PositionBook book, Prices prices, RiskMeter meter, MarginCash cash) {
        this.book = book;
        this.prices = prices;
        this.meter = meter;
        this.cash = cash;
    }

    /**
     * Where an account stands.
     *
     * @param standing null if nobody knows
     * @param gain     of all positions that were not paid for
     * @param left     positions that have no risk figure, or no price
     * @param reason   why nobody knows
     */
    record Looked(MarginStanding standing, long gain, int left, String reason) {

        static Looked unknown(String reason) {
            return new Looked(null, 0, 0, reason);
        }
    }

    void check(MarginTerms terms) {
        meter.check(terms.tail());
    }

    /** @param settled gain that was settled */
    Looked look(MarginTerms terms, long settled, LocalDate day) {
        try {
            return known(terms, settled, day);
        } catch (PositionRefused refused) {
            return Looked.unknown(refused.code().name());
        } catch (KernelRefusedException refused) {
            return Looked.unknown(refused.refusal().name());
        } catch (CompletionException away) {
            return Looked.unknown("STALE_BALANCE");
        } catch (ArithmeticException tooLarge) {
            return Looked.unknown(PositionRefusal.NUMBER_TOO_LARGE.name());
        }
    }

    private Looked known(MarginTerms terms, long settled, LocalDate day) {
        List<Reading> readings = cash.balances(terms.account());
        if (readings.stream().anyMatch(Reading::stale)) {
            return Looked.unknown("STALE_BALANCE");
        }
        long collateral = collateral(readings, terms.currency(), day);
        List<Valued> positions = book.value(List.of(terms.account()), terms.currency(), day, Method.AVERAGE).stream()
                .filter(one -> one.held().holding().quantity() != 0 || !one.held().product().paidUpFront()).toList();
        long worth = 0;
        long gain = 0;
        for (Valued one : positions) {
            // What is held and has no price counts as nothing; what is owed and has none may cost anything.
            if (!one.priced() && (one.held().holding().quantity() < 0 || !one.held().product().paidUpFront())) {
                return Looked.unknown(one.missing().name());
            }
            Totals counted = Totals.of(one);
            if (one.held().product().paidUpFront()) {
                worth = Math.addExact(worth, counted.worth());
            } else {
                gain = Math.addExact(gain, counted.gain());
            }
        }
        List<Valued> open = positions.stream().filter(one -> one.held().holding().quantity() != 0).toList();
        RiskMeter.Measured risk = risk(open, terms, day);
        long unmeasured = open.stream().filter(one -> one.priced() && risk.left().contains(one.held().product().symbol()))
                .map(one -> Math.absExact(one.worth().base())).reduce(0L, Math::addExact);
        MarginStanding standing = MarginStanding.of(terms, collateral, worth, Math.subtractExact(gain, settled),
                terms.measure() == Measure.VALUE_AT_RISK ? risk.valueAtRisk() : risk.expectedShortfall(), unmeasured);
        return new Looked(standing, gain, risk.left().size(), null);
    }

    /** Where there is no history at all none of the positions has a figure. */
    private RiskMeter.Measured risk(List<Valued> open, MarginTerms terms, LocalDate day) {
        try {
            return meter.measure(open, terms.currency(), day, terms.tail());
        } catch (KernelRefusedException refused) {
            if (refused.refusal() != KernelRefusal.TOO_FEW_OBSERVATIONS) {
                throw refused;
            }
            return new RiskMeter.Measured(0, 0, open.stream().map(one -> one.held().product().symbol()).collect(Collectors.toSet()));
        }
    }

    private long collateral(List<Reading> readings, Currency base, LocalDate day) {
        List<Balance> balances = readings.stream().flatMap(reading -> reading.balance().stream()).filter(balance -> !balance.currency().isUnit()).toList();
        Set<String> codes = new HashSet<>(Set.of(base.code()));
        balances.forEach(balance -> codes.add(balance.currency().code()));
        RateHistory rates = prices.rates(codes, day);
        long sum = 0;
        for (Balance balance : balances) {
            long minor = balance.posted().minor();
            sum = minor == 0 ? sum : Math.addExact(sum, rates.on(day, balance.currency(), base)
                    .orElseThrow(() -> new PositionRefused(PositionRefusal.MISSING_RATE, balance.currency() + " to " + base)).of(minor));
        }
        return sum;
    }
}
