package io.partita.trading.strategy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The strategies that are there from the start, by name.
 *
 * @param summary    one sentence for people
 * @param parameters their names and what they are unless said
 */
public record StrategyCatalogue(String name, String summary, String parameters, int instruments, Function<Parameters, TradingStrategy> maker) {

    private static final List<StrategyCatalogue> ALL = List.of(
            new StrategyCatalogue("crossover", "Holds while a fast moving average is above a slow one.", "fast=10 slow=30 quantity=100", 1,
                    MovingAverageCrossover::new),
            new StrategyCatalogue("rsi", "Buys when the relative strength index is low, sells when it is high.",
                    "period=14 low=30 high=70 quantity=100", 1, RelativeStrengthReversal::new),
            new StrategyCatalogue("bollinger", "Buys below the lower Bollinger band, sells at the mean.", "period=20 width=2 quantity=100", 1,
                    BollingerReversal::new),
            new StrategyCatalogue("pairs", "Trades two instruments against each other when their ratio is far from its mean.",
                    "period=30 enter=2 leave=0.5 quantity=100", 2, PairsTrading::new),
            new StrategyCatalogue("market-making", "Bids below and offers above the last price, and leans against what it holds.",
                    "spread=0.002 quantity=100 most=1000", 1, MarketMaking::new));

    public static List<StrategyCatalogue> all() {
        return ALL;
    }

    public static Optional<StrategyCatalogue> named(String name) {
        return ALL.stream().filter(one -> one.name.equals(name)).findFirst();
    }

    /**
     * Makes strategies with these parameters.
     *
     * @throws IllegalArgumentException if one of them is unknown or out of range
     */
    public Supplier<TradingStrategy> with(Map<String, Double> values) {
        Parameters tried = new Parameters(values);
        maker.apply(tried);
        tried.allUnderstood();
        return () -> maker.apply(new Parameters(values));
    }
}
