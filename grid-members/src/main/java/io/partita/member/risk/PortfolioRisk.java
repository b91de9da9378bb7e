package io.partita.member.risk;

import io.partita.kernels.KernelEngine;
import io.partita.positions.product.Product;
import java.time.LocalDate;
import java.util.Map;

/** Measures portfolios. Thread-safe; calls block. */
final class PortfolioRisk {

    private final HoldingsReader holdings;
    private final FactorReader reader;
    private final KernelEngine engine;

    PortfolioRisk(HoldingsReader holdings, FactorReader reader, KernelEngine engine) {
        this.holdings = holdings;
        this.reader = reader;
        this.engine = engine;
    }

    /** What came out, and of what. */
    record Measured(String portfolio, LocalDate day, RiskSettings settings, RiskFactors factors, RiskFigures figures, String engine) {
    }

    /**
     * Measures what a portfolio holds on a day, and some trades besides.
     *
     * @throws io.partita.positions.PositionRefused           as {@link HoldingsReader#read}
     * @throws io.partita.kernels.KernelRefusedException as {@link FactorReader#read} and {@link RiskFigures#of}
     */
    Measured measure(String portfolio, LocalDate day, RiskSettings settings, Map<Product, Long> trades) {
        RiskFactors factors = reader.read(holdings.read(portfolio, day, settings.rate(), trades), settings.window());
        return new Measured(portfolio, day, settings, factors, RiskFigures.of(factors, settings, engine), engine.description());
    }

    RiskHoldings holdings(String portfolio, LocalDate day, double rate) {
        return holdings.read(portfolio, day, rate);
    }

    RiskFactors factors(RiskHoldings held, int observations) {
        return reader.read(held, observations);
    }

    KernelEngine engine() {
        return engine;
    }
}
