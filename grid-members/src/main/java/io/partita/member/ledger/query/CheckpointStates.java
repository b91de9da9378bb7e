package io.partita.member.ledger.query;

import io.partita.ledger.Balance;
import java.util.List;
import java.util.function.Consumer;

/** Reads what {@code ledger_checkpoint.state} holds. */
@FunctionalInterface
public interface CheckpointStates {

    /** A ledger without checkpoints. */
    CheckpointStates NONE = (shard, state, accounts) -> {
        throw new IllegalStateException("Shard " + shard + " has a checkpoint that nothing here can read");
    };

    /** Hands over every account of the state, in any order. */
    void read(int shard, byte[] state, Consumer<Balance> accounts);

    /** Every account of the state. */
    default List<Balance> all(int shard, byte[] state) {
        List<Balance> balances = new java.util.ArrayList<>();
        read(shard, state, balances::add);
        return balances;
    }
}
