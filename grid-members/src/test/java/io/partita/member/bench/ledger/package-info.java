/** The ledger measured: real members in processes of their own, a PostgreSQL that syncs, a real Hazelcast client. */
package io.partita.member.bench.ledger;
