package io.partita.kernels.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What positions contribute: adds up, and is what a small change does. */
class ContributionsTest {

    static Stream<RiskModel> models() {
        return RiskModelTest.models();
    }

    @ParameterizedTest
    @MethodSource("models")
    void components_add_up_to_the_risk(RiskModel model) {
        for (long seed = 1; seed <= 5; seed++) {
            ReturnTable table = Draws.returns(500, 20, seed);
            Contributions parts = Contributions.of(model, table, Draws.exposures(20, seed), 0.975);
            assertThat(Arrays.stream(parts.component()).sum()).as("seed %d", seed)
                    .isCloseTo(parts.risk().valueAtRisk(), within(1e-9 * parts.risk().valueAtRisk()));
            assertThat(Arrays.stream(parts.shortfallComponent()).sum())
                    .isCloseTo(parts.risk().expectedShortfall(), within(1e-9 * parts.risk().expectedShortfall()));
        }
    }

    @ParameterizedTest
    @MethodSource("models")
    void marginal_risk_is_what_a_little_more_of_a_position_adds(RiskModel model) {
        ReturnTable table = Draws.returns(400, 6, 7);
        double[] exposures = Draws.exposures(6, 7);
        Gradient gradient = model.gradient(table, exposures, 0.975);
        for (int asset = 0; asset < 6; asset++) {
            double step = 1e-2;
            RiskEstimate more = model.measure(table.profit(moved(exposures, asset, step)), 0.975);
            RiskEstimate less = model.measure(table.profit(moved(exposures, asset, -step)), 0.975);
            assertThat(gradient.valueAtRisk()[asset]).isCloseTo((more.valueAtRisk() - less.valueAtRisk()) / (2 * step), within(1e-6));
            assertThat(gradient.expectedShortfall()[asset]).isCloseTo((more.expectedShortfall() - less.expectedShortfall()) / (2 * step), within(1e-6));
        }
    }

    private static double[] moved(double[] exposures, int asset, double by) {
        double[] moved = exposures.clone();
        moved[asset] += by;
        return moved;
    }

    @ParameterizedTest
    @MethodSource("models")
    void incremental_risk_is_what_goes_when_the_position_does(RiskModel model) {
        ReturnTable table = Draws.returns(300, 5, 8);
        double[] exposures = Draws.exposures(5, 8);
        Contributions parts = Contributions.of(model, table, exposures, 0.95);
        for (int asset = 0; asset < 5; asset++) {
            double[] without = exposures.clone();
            without[asset] = 0;
            double rest = model.measure(table.profit(without), 0.95).valueAtRisk();
            assertThat(parts.incremental()[asset]).isCloseTo(parts.risk().valueAtRisk() - rest, within(1e-8));
        }
        Contributions alone = Contributions.of(model, Draws.returns(300, 1, 8), new double[] {500}, 0.95);
        assertThat(alone.incremental()[0]).isEqualTo(alone.risk().valueAtRisk());
    }

    @ParameterizedTest
    @MethodSource("models")
    void logarithmic_returns_give_the_contributions_of_simple_ones(RiskModel model) {
        ReturnTable simple = Draws.returns(300, 4, 9);
        double[] logs = Arrays.stream(simple.values()).map(Math::log1p).toArray();
        double[] exposures = Draws.exposures(4, 9);
        Contributions expected = Contributions.of(model, simple, exposures, 0.95);
        Contributions parts = Contributions.of(model, ReturnTable.of(ReturnKind.LOG, logs, 300, 4), exposures, 0.95);
        assertThat(parts.component()).containsExactly(expected.component(), within(1e-8));
    }

    @ParameterizedTest
    @MethodSource("models")
    void ten_thousand_positions_are_measured(RiskModel model) {
        ReturnTable table = Draws.returns(250, 10_000, 10);
        Contributions parts = Contributions.of(model, table, Draws.exposures(10_000, 10), 0.99);
        assertThat(Arrays.stream(parts.component()).sum()).isCloseTo(parts.risk().valueAtRisk(), within(1e-7 * parts.risk().valueAtRisk()));
        assertThat(Arrays.stream(parts.incremental()).boxed()).hasSize(10_000).allSatisfy(each -> assertThat(each).isFinite());
    }

    @Test
    void over_more_days_all_parts_grow_alike() {
        Contributions day = Contributions.of(new Historical(), Draws.returns(300, 3, 11), Draws.exposures(3, 11), 0.95);
        Contributions four = day.overDays(4);
        assertThat(four.risk().valueAtRisk()).isEqualTo(2 * day.risk().valueAtRisk());
        assertThat(four.component()[1]).isEqualTo(2 * day.component()[1]);
        assertThat(four.incremental()[2]).isEqualTo(2 * day.incremental()[2]);
    }
}
