/**
 * Jobs over market data: bars out of the stream of ticks, and indicators over bars. Each class draws what it does.
 */
package io.partita.pipelines.marketdata;
