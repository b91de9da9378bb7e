/**
 * What looks like abuse of a market, with the orders and trades that say so. An alert is a question to people, never a verdict.
 */
package io.partita.marketdata.surveillance;
