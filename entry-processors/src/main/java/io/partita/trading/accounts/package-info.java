/**
 * Trading accounts in the grid: the entry that hosts an account's risk, the entry processors that drive it, and the client that sends orders
 * through it. docs/trading.md has the protocol.
 */
package io.partita.trading.accounts;
