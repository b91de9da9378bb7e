/**
 * The book that matches: orders in a pool of longs, prices in a radix tree, no object per order. docs/trading.md has the rules;
 * the twin in the tests has them once more, in the plainest code.
 */
package io.partita.trading.book;
