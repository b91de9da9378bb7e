package io.partita.kernels;

/**
 * What calculates profits over scenarios. Engines differ in speed and, in single precision, in the last digits; scenarios are the same in
 * all. Thread-safe: calls from several threads share the engine's own. A result is a new array; nothing is written to what is given.
 */
public interface KernelEngine extends AutoCloseable {

    /** The most trees of American options in one run, times half the square of their steps: about an hour on two cores. */
    double MOST_NODES = 1e12;

    /** What serves: a name, and the device that it runs on. */
    String description();

    /**
     * What a portfolio gains in each scenario, in money; losses are negative. Element s is scenario s, whatever the number of threads.
     *
     * @throws KernelRefusedException {@link KernelRefusal#DIMENSIONS_DIFFER} if portfolio and scenarios know different numbers of factors,
     *         {@link KernelRefusal#TOO_LARGE} for more trees than {@link #MOST_NODES} allows, {@link KernelRefusal#NOT_FINITE} if a profit overflows
     */
    double[] profits(Scenarios scenarios, Portfolio portfolio, Precision precision);

    /** The factors' moves in some scenarios: {@code result[k * factors + i]} is that of factor i in scenario {@code chosen[k]}. Double precision. */
    double[] moves(Scenarios scenarios, int[] chosen);

    /** What each position gains in some scenarios: {@code result[k * positions + p]}. Double precision. */
    double[] gains(Scenarios scenarios, Portfolio portfolio, int[] chosen);

    @Override
    void close();

    /** Refuses what no engine calculates, as {@link #profits} says. */
    static void check(Scenarios scenarios, Portfolio portfolio) {
        if (scenarios.factors() != portfolio.factors()) {
            throw new KernelRefusedException(KernelRefusal.DIMENSIONS_DIFFER, "the scenarios move " + scenarios.factors()
                    + " factors, the portfolio depends on " + portfolio.factors());
        }
        if (portfolio instanceof OptionBook book && 0.5 * book.americans() * book.steps() * book.steps() * scenarios.count() > MOST_NODES) {
            throw new KernelRefusedException(KernelRefusal.TOO_LARGE, book.americans() + " trees of " + book.steps() + " steps in " + scenarios.count()
                    + " scenarios");
        }
    }
}
