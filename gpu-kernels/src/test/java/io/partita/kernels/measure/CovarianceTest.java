package io.partita.kernels.measure;

import static io.partita.kernels.measure.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.partita.kernels.KernelRefusal;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Matrices against their definitions, written out without regard for time. */
class CovarianceTest {

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void the_samples_covariance_is_the_textbooks(long seed) {
        ReturnTable table = Draws.returns(60, 7, seed);
        double[] matrix = Covariance.sample(table);
        for (int i = 0; i < 7; i++) {
            for (int j = 0; j < 7; j++) {
                assertThat(matrix[i * 7 + j]).isCloseTo(covariance(table, i, j) * 60 / 59, within(1e-17));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.94, 0.97})
    void exponential_weights_are_the_recursion_of_each_pair(double decay) {
        ReturnTable table = Draws.returns(90, 5, 4);
        double[] matrix = Covariance.ewma(table, decay);
        for (int i = 0; i < 5; i++) {
            for (int j = 0; j < 5; j++) {
                double running = 0;
                for (int day = 0; day < 90; day++) {
                    running += table.at(day, i) * table.at(day, j) / 90;
                }
                for (int day = 0; day < 90; day++) {
                    running = decay * running + (1 - decay) * table.at(day, i) * table.at(day, j);
                }
                assertThat(matrix[i * 5 + j]).isCloseTo(running, within(1e-17));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {5, 6, 7, 8})
    void shrinkage_is_what_the_paper_writes(long seed) {
        int days = 40;
        int size = 12;
        ReturnTable table = Draws.returns(days, size, seed);
        Shrinkage shrunk = Shrinkage.of(table);
        double mean = 0;
        for (int i = 0; i < size; i++) {
            for (int j = i + 1; j < size; j++) {
                mean += 2.0 / (size * (size - 1)) * covariance(table, i, j) / Math.sqrt(covariance(table, i, i) * covariance(table, j, j));
            }
        }
        double pi = 0;
        double rho = 0;
        double gamma = 0;
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < size; j++) {
                double sii = covariance(table, i, i);
                double sjj = covariance(table, j, j);
                double target = i == j ? sii : mean * Math.sqrt(sii * sjj);
                pi += pi(table, i, j);
                gamma += Math.pow(target - covariance(table, i, j), 2);
                rho += i == j ? pi(table, i, i)
                        : mean / 2 * (Math.sqrt(sjj / sii) * theta(table, i, i, j) + Math.sqrt(sii / sjj) * theta(table, j, i, j));
            }
        }
        assertThat(shrunk.correlation()).isCloseTo(mean, within(1e-12));
        assertThat(shrunk.intensity()).isCloseTo(Math.clamp((pi - rho) / gamma / days, 0, 1), within(1e-9)).isBetween(0.01, 1.0);
        assertThat(shrunk.matrix()[1]).isCloseTo(shrunk.intensity() * mean * Math.sqrt(covariance(table, 0, 0) * covariance(table, 1, 1))
                + (1 - shrunk.intensity()) * covariance(table, 0, 1), within(1e-16));
    }

    @Test
    void shrinkage_fades_as_the_history_grows() {
        assertThat(shrinkage(4_000)).isLessThan(0.5 * shrinkage(40));
    }

    /** Of returns whose correlations differ, as those of the target do not. */
    private static double shrinkage(int days) {
        ReturnTable alike = Draws.returns(days, 10, 9);
        double[] values = new double[days * 10];
        for (int at = 0; at < values.length; at++) {
            values[at] = (at % 2 == 0 ? 1 : -1) * alike.at(at / 10, at % 10);
        }
        return Shrinkage.of(ReturnTable.of(ReturnKind.SIMPLE, values, days, 10)).intensity();
    }

    @Test
    void columns_that_move_as_one_have_correlation_one_and_no_more() {
        double[] values = new double[50 * 3];
        double[] moves = Draws.normal(50, 0.01, 10);
        for (int day = 0; day < 50; day++) {
            values[day * 3] = moves[day];
            values[day * 3 + 1] = 3 * moves[day];
            values[day * 3 + 2] = -0.5 * moves[day];
        }
        ReturnTable table = ReturnTable.of(ReturnKind.SIMPLE, values, 50, 3);
        double[] correlation = Covariance.correlation(Covariance.sample(table), 3);
        assertThat(correlation).containsExactly(new double[] {1, 1, -1, 1, 1, -1, -1, -1, 1}, within(1e-14));
        assertThat(Arrays.stream(correlation).boxed()).allSatisfy(each -> assertThat(each).isBetween(-1.0, 1.0));
        assertThat(Arrays.stream(Shrinkage.of(table).matrix()).boxed()).allSatisfy(each -> assertThat(each).isFinite());
        assertThat(Shrinkage.of(ReturnTable.of(ReturnKind.SIMPLE, moves, 50, 1)).intensity()).isZero();
    }

    @Test
    void a_column_that_does_not_move_has_no_correlation_with_any() {
        double[] values = new double[40];
        for (int day = 0; day < 20; day++) {
            values[day * 2] = 0.1;
            values[day * 2 + 1] = day % 3 - 1;
        }
        ReturnTable table = ReturnTable.of(ReturnKind.SIMPLE, values, 20, 2);
        double[] covariance = Covariance.sample(table);
        assertThat(covariance[0]).isZero();
        assertThat(Covariance.correlation(covariance, 2)).containsExactly(1, 0, 0, 1);
        assertThat(Shrinkage.of(table).matrix()[1]).isZero();
    }

    @Test
    void what_is_too_large_or_no_matrix_is_refused() {
        ReturnTable wide = ReturnTable.of(ReturnKind.SIMPLE, new double[2 * (Covariance.MAX_COLUMNS + 1)], 2, Covariance.MAX_COLUMNS + 1);
        assertRefused(KernelRefusal.TOO_LARGE, () -> Covariance.sample(wide));
        assertRefused(KernelRefusal.TOO_LARGE, () -> Covariance.ewma(wide, 0.9));
        assertRefused(KernelRefusal.TOO_LARGE, () -> Shrinkage.of(wide));
        assertRefused(KernelRefusal.DECAY_OUT_OF_RANGE, () -> Covariance.ewma(Draws.returns(5, 2, 1), 1));
        assertRefused(KernelRefusal.DIMENSIONS_DIFFER, () -> Covariance.correlation(new double[3], 2));
        assertRefused(KernelRefusal.OUT_OF_RANGE, () -> Covariance.correlation(new double[] {-1}, 1));
    }

    /** Divided by the number of days, as in the paper. */
    private static double covariance(ReturnTable table, int i, int j) {
        double sum = 0;
        for (int day = 0; day < table.days(); day++) {
            sum += centred(table, day, i) * centred(table, day, j);
        }
        return sum / table.days();
    }

    private static double pi(ReturnTable table, int i, int j) {
        double sum = 0;
        for (int day = 0; day < table.days(); day++) {
            sum += Math.pow(centred(table, day, i) * centred(table, day, j) - covariance(table, i, j), 2);
        }
        return sum / table.days();
    }

    private static double theta(ReturnTable table, int k, int i, int j) {
        double sum = 0;
        for (int day = 0; day < table.days(); day++) {
            sum += (Math.pow(centred(table, day, k), 2) - covariance(table, k, k))
                    * (centred(table, day, i) * centred(table, day, j) - covariance(table, i, j));
        }
        return sum / table.days();
    }

    private static double centred(ReturnTable table, int day, int asset) {
        double mean = 0;
        for (int t = 0; t < table.days(); t++) {
            mean += table.at(t, asset) / table.days();
        }
        return table.at(day, asset) - mean;
    }
}
