/**
 * Books in the grid: the entry that hosts a book, and the entry processors that drive it. Not for clients, who use
 * {@link io.partita.trading.TradingClient}.
 */
package io.partita.trading.venue;
