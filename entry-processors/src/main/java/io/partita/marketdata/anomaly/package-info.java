/**
 * What is unusual in a market: what was seen, how far it is from what was expected, why, what came after the most alike windows of
 * history, and what people said of it.
 */
package io.partita.marketdata.anomaly;
