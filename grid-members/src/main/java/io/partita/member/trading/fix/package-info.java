/**
 * The FIX 4.4 acceptor. A message becomes a command under an id made from its ClOrdID, so that repeats are harmless; what a book reports
 * goes through a table to the session that owns the order, each report once and in order, wherever the session is connected.
 */
package io.partita.member.trading.fix;
