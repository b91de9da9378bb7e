/**
 * A market out of a seed: several instruments that move together, calm and wild times, news and auctions.
 */
package io.partita.marketdata.simulation;
