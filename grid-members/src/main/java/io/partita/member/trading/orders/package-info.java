/** Orders of trading accounts: pre-trade risk in the grid, what became of every order, kill switches. docs/trading.md has the protocol. */
package io.partita.member.trading.orders;
