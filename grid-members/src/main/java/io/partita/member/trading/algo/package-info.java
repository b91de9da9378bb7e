/** Execution algorithms on members: parent orders in PostgreSQL, worked off by whoever owns their partition. docs/trading.md has the rules. */
package io.partita.member.trading.algo;
