package io.partita.marketdata.stream;

import io.partita.indicators.IndicatorSpec;
import io.partita.marketdata.bars.BarSize;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The indicators of an instrument after a bar.
 *
 * @param start  when the bar began, in nanoseconds since 1970
 * @param values in the order of {@link #NAMES}; NaN for what is absent, as while it warms up
 */
public record IndicatorRow(long instrument, BarSize size, long start, List<Double> values) {

    /** What is calculated for each bar. Anything else can be calculated from bars when it is asked for. */
    public static final List<IndicatorSpec> SPECS = Stream.of("sma(20)", "sma(50)", "ema(12)", "ema(26)", "wma(20)", "dema(20)", "tema(20)", "hma(16)", "kama(10,2,30)",
            "vwma(20)", "linreg(14)", "rsi(14)", "stochrsi(14)", "cmo(14)", "stoch(14,3,3)", "willr(14)", "cci(20)", "macd(12,26,9)", "ppo(12,26)", "mom(10)",
            "roc(10)", "trix(15)", "tsi(25,13)", "ultosc(7,14,28)", "ao(5,34)", "bop", "di(14)", "adx(14)", "psar(0.02,0.2)", "aroon(25)", "supertrend(10,3)",
            "ichimoku(9,26,52)", "vortex(14)", "tr", "atr(14)", "natr(14)", "bbands(20,2)", "keltner(20,2,10)", "donchian(20)", "stddev(20)", "realised(20)",
            "parkinson(20)", "ewmavol(0.94)", "obv", "ad", "cmf(20)", "mfi(14)", "force(13)", "ofi(20)", "amihud(20)", "zscore(20)", "autocorrelation(20)")
            .map(IndicatorSpec::parse).toList();

    /** What each value is called. Part of the wire format: a name that is not there is read as absent. */
    public static final List<String> NAMES = SPECS.stream().flatMap(spec -> spec.names().stream()).toList();

    /** The same as fields, and columns of SQL: a dot would mean something there. */
    public static final List<String> FIELDS = NAMES.stream().map(name -> name.replace('.', '_')).toList();

    public IndicatorRow {
        values = List.copyOf(values);
        if (values.size() != NAMES.size()) {
            throw new IllegalArgumentException("a row has " + NAMES.size() + " values, and not " + values.size());
        }
    }

    /** Those that are there, by name. */
    public Map<String, Double> present() {
        Map<String, Double> present = new LinkedHashMap<>();
        for (int i = 0; i < values.size(); i++) {
            if (!values.get(i).isNaN()) {
                present.put(NAMES.get(i), values.get(i));
            }
        }
        return present;
    }
}
