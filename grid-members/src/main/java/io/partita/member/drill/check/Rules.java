package io.partita.member.drill.check;

import java.util.List;

/** The six invariants of {@code docs/ledger.md}, and what is checked besides. */
final class Rules {

    final Rule exactlyOnce = new Rule("invariant-1", "Every acknowledged transfer is in the journal exactly once, every row of the journal was"
            + " asked for, and nothing that was refused is there");
    final Rule limits = new Rule("invariant-2", "No account breaks its limits at any prefix of its shard's journal");
    final Rule balances = new Rule("invariant-3", "What every member shows of each account, and ever showed, is the fold of the journal, and so"
            + " is every checkpoint");
    final Rule doubleEntry = new Rule("invariant-4", "Debits equal credits in each currency, and linked groups are booked whole or not at all");
    final Rule monotonic = new Rule("invariant-5", "No client that saw a sequence was later shown an earlier one as current");
    final Rule proofs = new Rule("invariant-6", "Positions and sequences are dense, and Merkle roots and proofs verify");
    final Rule linearizable = new Rule("linearizable", "For single accounts there is an order of all operations that explains every answer");

    List<Rule> all() {
        return List.of(exactlyOnce, limits, balances, doubleEntry, monotonic, proofs, linearizable);
    }
}
