/** Trading accounts, and the settlement of trades in the ledger. docs/trading.md has the protocol. */
package io.partita.member.trading.settlement;
