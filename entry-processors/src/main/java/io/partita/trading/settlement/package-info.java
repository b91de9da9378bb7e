/** What trades lead to in the ledger: who trades, on which ledger accounts cash and securities are kept, and how a trade moves both. */
package io.partita.trading.settlement;
