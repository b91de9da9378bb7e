package io.partita.member.risk.limits;

import io.partita.kernels.KernelRefusedException;
import io.partita.member.positions.PortfolioTables;
import io.partita.member.positions.PositionBook;
import io.partita.member.risk.RiskMeter;
import io.partita.member.risk.counterparty.CounterpartyBook;
import io.partita.money.Currency;
import io.partita.positions.PositionRefused;
import io.partita.positions.book.Totals;
import io.partita.positions.book.Valued;
import io.partita.positions.lots.Holding.Method;
import io.partita.positions.product.Cash;
import io.partita.positions.product.Product;
import io.partita.positions.product.VanillaOption;
import io.partita.risk.Figure;
import io.partita.risk.LimitRefused;
import io.partita.risk.Measure;
import io.partita.risk.RiskLimit;
import io.partita.risk.Scope;
import io.partita.risk.Tail;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** What limits are held against, by the positions and prices of a day. Cash in the currency of the limit moves nothing and is in no figure but the loss of the day. Thread-safe; calls block. */
final class LimitFigures {

    private static final BigInteger ALL = BigInteger.valueOf(10_000);

    private final PositionBook book;
    private final PortfolioTables portfolios;
    private final RiskMeter meter;
    private final CounterpartyBook counterparties;

    LimitFigures(PositionBook book, PortfolioTables portfolios, RiskMeter meter, CounterpartyBook counterparties) {
        this.book = book;
        this.portfolios = portfolios;
        this.meter = meter;
        this.counterparties = counterparties;
    }

    /** What limits are on now. */
    Targets targets() {
        return new Targets(portfolios.hierarchy(), counterparties);
    }

    /** One look at many limits, which values each target once. Used by one thread. */
    final class Look {

        private final LocalDate day;
        private final Targets targets = targets();
        private final Map<List<Object>, List<Valued>> valued = new HashMap<>();
        private final Map<List<Object>, RiskMeter.Measured> measured = new HashMap<>();

        Look(LocalDate day) {
            this.day = day;
        }

        /** The figure of a limit, or why there is none. */
        Figure figure(RiskLimit limit) {
            try {
                return known(limit);
            } catch (PositionRefused refused) {
                return new Figure.Unknown(refused.code().name());
            } catch (KernelRefusedException refused) {
                return new Figure.Unknown(refused.refusal().name());
            } catch (LimitRefused refused) {
                return new Figure.Unknown(refused.code().name());
            } catch (ArithmeticException tooLarge) {
                return new Figure.Unknown("NUMBER_TOO_LARGE");
            }
        }

        private Figure known(RiskLimit limit) {
            // Of what was taken away since, nobody knows a risk.
            targets.base(limit.scope(), limit.target());
            if (limit.scope() == Scope.COUNTERPARTY) {
                CounterpartyBook.Exposed exposed = counterparties.exposure(limit.target(), day);
                return new Figure.Known(exposed.total().total(), exposed.unpriced());
            }
            if (limit.measure().ofTail()) {
                RiskMeter.Measured risk = risk(limit);
                return new Figure.Known(limit.measure() == Measure.VALUE_AT_RISK ? risk.valueAtRisk() : risk.expectedShortfall(), risk.left().size());
            }
            if (limit.measure() == Measure.DAY_LOSS) {
                Totals before = totals(limit, day.minusDays(1));
                Totals now = totals(limit, day);
                return new Figure.Known(Math.subtractExact(before.gain(), now.gain()), Math.max(before.unpriced(), now.unpriced()));
            }
            return exposures(limit);
        }

        private Figure exposures(RiskLimit limit) {
            List<Valued> counted = valued(limit, day).stream().filter(one -> one.held().holding().quantity() != 0 && !isBase(one, limit.base())).toList();
            Map<VanillaOption, Double> deltas = meter.deltas(counted, limit.base(), day);
            long gross = 0;
            int unpriced = 0;
            Map<String, Long> names = new HashMap<>();
            for (Valued one : counted) {
                OptionalLong exposure = exposure(one, deltas, limit.base());
                if (exposure.isPresent()) {
                    gross = Math.addExact(gross, Math.absExact(exposure.getAsLong()));
                    names.merge(name(one.held().product()), exposure.getAsLong(), Math::addExact);
                } else {
                    unpriced++;
                }
            }
            return new Figure.Known(switch (limit.measure()) {
                case GROSS_EXPOSURE -> gross;
                case NET_EXPOSURE -> Math.absExact(names.values().stream().reduce(0L, Math::addExact));
                default -> concentration(names);
            }, unpriced);
        }

        private RiskMeter.Measured risk(RiskLimit limit) {
            return measured.computeIfAbsent(List.of(limit.scope(), limit.target(), limit.base(), limit.tail()), none -> meter.measure(valued(limit, day), limit.base(), day, limit.tail()));
        }

        private List<Valued> valued(RiskLimit limit, LocalDate on) {
            return valued.computeIfAbsent(List.of(limit.scope(), limit.target(), limit.base(), on), none -> book.value(targets.accounts(limit), limit.base(), on, Method.AVERAGE));
        }

        private Totals totals(RiskLimit limit, LocalDate on) {
            return valued(limit, on).stream().map(Totals::of).reduce(Totals.ZERO, Totals::plus);
        }
    }

    private static boolean isBase(Valued one, Currency base) {
        return one.held().product() instanceof Cash cash && cash.currency() == base;
    }

    /** What a position gains if its price gains all of itself; of an option the price that counts is that of its underlying. */
    private static OptionalLong exposure(Valued one, Map<VanillaOption, Double> deltas, Currency base) {
        if (!one.priced()) {
            return OptionalLong.empty();
        }
        if (!(one.held().product() instanceof VanillaOption option)) {
            return OptionalLong.of(one.worth().base());
        }
        Double delta = deltas.get(option);
        return delta == null ? OptionalLong.empty() : OptionalLong.of(BigDecimal.valueOf(delta).multiply(BigDecimal.valueOf(one.held().holding().quantity()))
                .movePointRight(base.minorDigits()).setScale(0, RoundingMode.HALF_EVEN).longValueExact());
    }

    /** An option is of the name that it is on. */
    private static String name(Product product) {
        return product instanceof VanillaOption option ? option.underlying() : product.symbol();
    }

    private static long concentration(Map<String, Long> names) {
        BigInteger all = names.values().stream().map(worth -> BigInteger.valueOf(worth).abs()).reduce(BigInteger.ZERO, BigInteger::add);
        BigInteger largest = names.values().stream().map(worth -> BigInteger.valueOf(worth).abs()).reduce(BigInteger.ZERO, BigInteger::max);
        return all.signum() == 0 ? 0 : largest.multiply(ALL).divide(all).longValueExact();
    }

    void check(Tail tail) {
        meter.check(tail);
    }
}
