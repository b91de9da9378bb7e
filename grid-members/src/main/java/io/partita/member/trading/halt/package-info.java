/** Halts of the whole market: one member watches a basket of instruments and halts, closes and opens all books. docs/trading.md has the rules. */
package io.partita.member.trading.halt;
