/** The cluster in the console: its members and what each of them holds, who may write, and the ledger's shards. */
package io.partita.console.grid;
