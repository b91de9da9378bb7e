/**
 * Bars out of trades by the time at which they happened: exact, the same in whatever order trades come, and corrected when one comes late.
 */
package io.partita.marketdata.bars;
