/** Portfolios: accounts in books, desks and firms, what their positions are worth in a base currency, and sums that equal their parts. */
package io.partita.positions.book;
