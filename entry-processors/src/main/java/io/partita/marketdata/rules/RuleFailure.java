package io.partita.marketdata.rules;

/**
 * Why a rule is judged no more: it could not be evaluated. Another version of the rule is.
 *
 * @param version    of the rule
 * @param instrument on whose bar it failed; 0 for the market as a whole
 * @param time       end of that bar, in nanoseconds since 1970
 */
public record RuleFailure(String rule, long version, long instrument, long time, String message) {

    /** Names it in the grid: the first failure of a version stands. */
    public static String key(String rule, long version) {
        return rule + "@" + version;
    }
}
