package io.partita.pipelines.marketdata.rules;

import io.partita.marketdata.anomaly.AnomalyAlert;
import io.partita.marketdata.bars.BarSize;
import io.partita.marketdata.bars.TradeBar;
import io.partita.marketdata.stream.IndicatorRow;
import io.partita.marketdata.stream.MarketInstrument;

/**
 * What a rule is judged on: a bar with its indicators, or an anomaly with the bar by which it was known.
 *
 * @param instrument null if nothing is known of it, as of the market as a whole
 * @param bar        null if there is none
 * @param row        null if there is none
 * @param before     the bar before it; null if it is not known
 * @param alert      null for a bar
 */
public record Sight(MarketInstrument instrument, TradeBar bar, IndicatorRow row, Sight before, AnomalyAlert alert) {

    /** A bar, with the one before it. */
    public static Sight of(MarketInstrument instrument, TradeBar bar, IndicatorRow row, Sight before) {
        return new Sight(instrument, bar, row, before == null ? null : new Sight(before.instrument, before.bar, before.row, null, null), null);
    }

    /** An anomaly. */
    public static Sight of(MarketInstrument instrument, TradeBar bar, IndicatorRow row, AnomalyAlert alert) {
        return new Sight(instrument, bar, row, null, alert);
    }

    /** The same with the bar before it. @param earlier null if there is none */
    Sight after(TradeBar earlier, IndicatorRow indicators) {
        return earlier == null ? this : of(instrument, bar, row, of(instrument, earlier, indicators, (Sight) null));
    }

    /** Its number; 0 for the market as a whole. */
    long number() {
        return alert != null ? alert.anomaly().instrument() : bar.instrument();
    }

    BarSize size() {
        return alert != null ? alert.size() : bar.size();
    }

    /** When it was known. */
    long time() {
        return alert != null ? alert.anomaly().detected() : bar.end();
    }

    /** What a tick is worth, as indicators see it: so a close that is the highest is not above or below the highest. */
    double tick() {
        return instrument == null ? 1 : instrument.tick();
    }
}
