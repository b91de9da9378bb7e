/**
 * What everybody may know of a book, as numbered updates that follow from its commands alone: on every replica and after every recovery the
 * same. Readers put it together again in {@link io.partita.marketdata}.
 */
package io.partita.trading.feed;
