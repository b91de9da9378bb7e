/** Alert rules that people write over bars, indicators and anomalies; what evaluates them is in {@code io.partita.pipelines.marketdata.rules}. */
package io.partita.marketdata.rules;
