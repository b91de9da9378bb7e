package io.partita.pipelines.marketdata.anomaly;

import io.partita.marketdata.anomaly.AnomalyKind;

/**
 * Something wrong that was put into a series.
 *
 * @param kind of the alert that it should lead to
 * @param from index of the first bar concerned
 * @param to   index of the last bar concerned
 * @param size in logarithmic price for spikes and shifts, a factor for bursts, bars for the others
 */
record InjectedFault(long instrument, AnomalyKind kind, int from, int to, double size) {
}
