/**
 * Order books: the words of trading as FIX has them, commands, execution reports, and what a book answers. The book itself
 * is in {@link io.partita.trading.book}; docs/trading.md has the rules of matching.
 */
package io.partita.trading;
