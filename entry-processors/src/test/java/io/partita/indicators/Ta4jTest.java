package io.partita.indicators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.ta4j.core.BarSeries;
import org.ta4j.core.BaseBarSeriesBuilder;
import org.ta4j.core.indicators.ATRIndicator;
import org.ta4j.core.indicators.AwesomeOscillatorIndicator;
import org.ta4j.core.indicators.CCIIndicator;
import org.ta4j.core.indicators.CMOIndicator;
import org.ta4j.core.indicators.MassIndexIndicator;
import org.ta4j.core.indicators.PPOIndicator;
import org.ta4j.core.indicators.RSIIndicator;
import org.ta4j.core.indicators.StochasticOscillatorKIndicator;
import org.ta4j.core.indicators.WilliamsRIndicator;
import org.ta4j.core.indicators.adx.ADXIndicator;
import org.ta4j.core.indicators.aroon.AroonUpIndicator;
import org.ta4j.core.indicators.averages.EMAIndicator;
import org.ta4j.core.indicators.averages.HMAIndicator;
import org.ta4j.core.indicators.averages.KAMAIndicator;
import org.ta4j.core.indicators.averages.SMAIndicator;
import org.ta4j.core.indicators.averages.WMAIndicator;
import org.ta4j.core.indicators.donchian.DonchianChannelUpperIndicator;
import org.ta4j.core.indicators.helpers.ClosePriceIndicator;
import org.ta4j.core.indicators.ichimoku.IchimokuKijunSenIndicator;
import org.ta4j.core.num.DoubleNumFactory;
import org.ta4j.core.num.Num;

/** Against another library, over a random walk. By bar 300 it does not matter any more with what averages began. */
class Ta4jTest {

    private static final List<Candle> WALK = Candles.walk(3, 700);

    private final BarSeries series = series();

    private static BarSeries series() {
        BarSeries series = new BaseBarSeriesBuilder().withNumFactory(DoubleNumFactory.getInstance()).build();
        for (int i = 0; i < WALK.size(); i++) {
            Candle bar = WALK.get(i);
            series.barBuilder().timePeriod(Duration.ofDays(1)).endTime(Instant.EPOCH.plus(Duration.ofDays(i + 1L))).openPrice(bar.open()).highPrice(bar.high())
                    .lowPrice(bar.low()).closePrice(bar.close()).volume(bar.volume()).add();
        }
        return series;
    }

    private static void same(String spec, int output, org.ta4j.core.Indicator<Num> theirs) {
        List<double[]> ours = Candles.rows(spec, WALK);
        for (int i = 300; i < WALK.size(); i++) {
            assertThat(ours.get(i)[output]).as("%s, bar %d", spec, i).isCloseTo(theirs.getValue(i).doubleValue(), within(1e-6));
        }
    }

    @Test
    void averages_and_oscillators_are_those_of_ta4j() {
        ClosePriceIndicator closes = new ClosePriceIndicator(series);
        same("sma(20)", 0, new SMAIndicator(closes, 20));
        same("ema(20)", 0, new EMAIndicator(closes, 20));
        same("wma(20)", 0, new WMAIndicator(closes, 20));
        same("hma(16)", 0, new HMAIndicator(closes, 16));
        same("kama(10,2,30)", 0, new KAMAIndicator(closes, 10, 2, 30));
        same("rsi(14)", 0, new RSIIndicator(closes, 14));
        same("cmo(14)", 0, new CMOIndicator(closes, 14));
        same("ppo(12,26)", 0, new PPOIndicator(closes, 12, 26));
        same("cci(20)", 0, new CCIIndicator(series, 20));
        same("willr(14)", 0, new WilliamsRIndicator(series, 14));
        same("stoch(14,1,3)", 0, new StochasticOscillatorKIndicator(series, 14));
        same("ao(5,34,median)", 0, new AwesomeOscillatorIndicator(series));
    }

    @Test
    void trends_ranges_and_flows_are_those_of_ta4j() {
        same("atr(14)", 0, new ATRIndicator(series, 14));
        same("adx(14)", 0, new ADXIndicator(series, 14));
        same("aroon(25)", 1, new AroonUpIndicator(series, 25));
        same("mass(25)", 0, new MassIndexIndicator(series, 9, 25));
        same("donchian(20)", 2, new DonchianChannelUpperIndicator(series, 20));
        same("ichimoku(9,26,52)", 1, new IchimokuKijunSenIndicator(series, 26));
    }
}
