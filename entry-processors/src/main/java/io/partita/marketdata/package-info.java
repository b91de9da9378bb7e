/**
 * Market data: books put together again from what {@link io.partita.trading.feed} says of them, and the client that keeps them current.
 */
package io.partita.marketdata;
