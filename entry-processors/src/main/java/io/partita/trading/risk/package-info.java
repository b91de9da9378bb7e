/**
 * Pre-trade risk: what a trading account may still do, given its cash, its holdings, its open orders and its limits. docs/trading.md has
 * the rules and the protocol by which accounts and books stay in agreement.
 */
package io.partita.trading.risk;
