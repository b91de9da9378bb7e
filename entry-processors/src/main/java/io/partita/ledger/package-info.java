/** The double-entry ledger: values, commands, the shard state machine and its entry processors. */
package io.partita.ledger;
