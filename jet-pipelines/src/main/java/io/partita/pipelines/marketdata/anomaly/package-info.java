/**
 * Finds what is unusual in streams of bars, tells why, and keeps alerts few: plain code, one bar after the other, that a job carries.
 */
package io.partita.pipelines.marketdata.anomaly;
