package io.partita.ledger.shard;

import io.partita.ledger.AccountCommand;
import io.partita.ledger.Side;
import io.partita.ledger.TransferKind;
import io.partita.money.Currency;
import java.util.List;
import java.util.UUID;

/** What one sequence of a shard holds, as the tests speak of it. */
sealed interface Entry {

    /** A leg of a transfer; pending is the transfer that it opens or ends, or null. */
    record Leg(TransferKind kind, Side side, long account, long amount, long released, Currency currency, int group,
               UUID pending, long expiresAt) implements Entry {

        boolean debit() {
            return side == Side.DEBIT;
        }

        boolean resolves() {
            return kind.resolvesPending();
        }
    }

    /** An account opened or changed. */
    record Change(AccountCommand command) implements Entry {
    }

    /** A run of entries, all of one kind, as an update. */
    static ShardUpdate update(long first, long position, long token, List<? extends Entry> run) {
        return run.getFirst() instanceof Leg
                ? new ShardUpdate(first, position, token, legs(run.stream().map(Leg.class::cast).toList()), null)
                : new ShardUpdate(first, position, token, null, commands(run));
    }

    static List<AccountCommand> commands(List<? extends Entry> run) {
        return run.stream().map(entry -> ((Change) entry).command()).toList();
    }

    static Legs legs(List<Leg> run) {
        // Too small, so that the columns grow.
        return legs(run, run.size() / 2);
    }

    static Legs legs(List<Leg> run, int capacity) {
        Legs legs = new Legs(capacity);
        for (Leg leg : run) {
            legs.add(leg.kind(), leg.side(), leg.account(), leg.amount(), leg.released(), leg.currency().number(), leg.group());
            if (leg.pending() != null) {
                legs.pending(leg.pending(), leg.expiresAt());
            }
        }
        return legs;
    }
}
