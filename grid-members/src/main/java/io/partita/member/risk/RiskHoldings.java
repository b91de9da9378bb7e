package io.partita.member.risk;

import io.partita.money.Currency;
import io.partita.positions.product.CurrencyPair;
import io.partita.positions.product.Future;
import io.partita.positions.product.FxForward;
import io.partita.positions.product.Product;
import io.partita.positions.product.VanillaOption;
import java.time.LocalDate;
import java.util.List;

/**
 * What a portfolio holds on a day, as risk looks at it: amounts that gain what a price gains, and options. Over all accounts; amounts are in major units of
 * the base currency.
 *
 * @param rate    a year, continuously compounded, that options are discounted by
 * @param lines   by symbol; what is owned in the base currency itself is not among them, since nothing moves it
 * @param options by currency and symbol
 * @param left    what has no figure, and why
 */
record RiskHoldings(Currency base, LocalDate day, double rate, List<Line> lines, List<Option> options, List<Left> left) {

    /** A position that is in no figure. docs/risk.md has the reasons. */
    record Left(String symbol, String reason) {
    }

    /**
     * What gains as its price does.
     *
     * @param quantity units, or minor units of what is money
     * @param exposure what is gained if its price gains all of itself
     * @param accrued  interest that has accrued, which moves with its currency only
     * @param toBase   how many of the base currency one of its own is
     */
    record Line(Product product, long quantity, double exposure, double accrued, double toBase) {

        double worth() {
            return exposure + accrued;
        }
    }

    /**
     * An option, and what it is valued by.
     *
     * @param worth      of the quantity by its last price
     * @param price      of its underlying
     * @param years      until it expires
     * @param carry      a year
     * @param volatility that its last price implied on the day of that price
     * @param toBase     how many of the base currency one of its own is
     */
    record Option(VanillaOption product, Product underlying, long quantity, double worth, double price, double years, double carry, double volatility, double toBase) {

        /** Whether its underlying is paid for later, so that holding it costs nothing whatever the rate. */
        boolean unpaid() {
            return unpaid(underlying);
        }

        static boolean unpaid(Product underlying) {
            return underlying instanceof Future || underlying instanceof FxForward || underlying instanceof CurrencyPair;
        }
    }

    RiskHoldings {
        lines = List.copyOf(lines);
        options = List.copyOf(options);
        left = List.copyOf(left);
    }
}
