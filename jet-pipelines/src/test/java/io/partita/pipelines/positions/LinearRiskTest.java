package io.partita.pipelines.positions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.partita.kernels.measure.Covariance;
import io.partita.kernels.measure.MissingDays;
import io.partita.kernels.measure.Normal;
import io.partita.kernels.measure.ReturnRules;
import io.partita.kernels.measure.ReturnTable;
import io.partita.money.Currency;
import io.partita.positions.live.LivePortfolio.Risk;
import io.partita.positions.live.PriceMovements.Movements;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LinearRiskTest {

    private static final Currency EUR = Currency.of("EUR");

    @Test
    void it_is_that_of_the_parametric_model_over_the_same_days() {
        for (long seed = 1; seed <= 20; seed++) {
            Random random = new Random(seed);
            int size = 1 + random.nextInt(8);
            int days = 60;
            double[] prices = new double[days * size];
            for (int at = 0; at < prices.length; at++) {
                prices[at] = at < size ? 100 : prices[at - size] * Math.exp(0.02 * random.nextGaussian());
            }
            ReturnTable returns = ReturnTable.fromPrices(prices, days, size, ReturnRules.STRICT.withMissing(MissingDays.REFUSE).withStaleAfter(0));
            List<String> symbols = IntStream.range(0, size).mapToObj(i -> "S" + i).toList();
            LinearRisk risk = new LinearRisk(new Movements(symbols, Covariance.sample(returns)));
            Map<String, Long> worths = new HashMap<>(Map.of("OPTION", 500L, "EUR", 700L));
            double[] exposures = new double[size];
            for (int i = 0; i < size; i++) {
                if (random.nextInt(4) > 0) {
                    worths.put("S" + i, random.nextInt(2_000_000) - 1_000_000L);
                    exposures[i] = worths.get("S" + i) / 100.0;
                }
            }
            Risk measured = risk.of(worths, EUR, 42);
            assertThat(measured.valueAtRisk()).as("seed %s", seed).isCloseTo(Normal.EQUAL_WEIGHTS.measure(returns.profit(exposures), LinearRisk.LEVEL).valueAtRisk(), within(1e-6));
            assertThat(measured.left()).as("the option alone; cash in the base currency moves nothing").isOne();
            assertThat(measured.time()).isEqualTo(42);
        }
    }

    @Test
    void a_portfolio_of_nothing_has_no_risk() {
        assertThat(new LinearRisk(new Movements(List.of("A"), new double[] {0.01})).of(Map.of(), EUR, 1)).isEqualTo(new Risk(0.0, 1, 0));
    }
}
