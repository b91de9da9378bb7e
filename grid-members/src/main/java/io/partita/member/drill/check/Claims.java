package io.partita.member.drill.check;

import io.partita.member.drill.check.Fold.Sums;
import io.partita.member.drill.history.Answer;
import io.partita.member.drill.history.Call;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What somebody said an account's sums were at a sequence of its shard: balances that clients were shown while the drill ran, stale ones
 * too, and stored checkpoints. Each is compared with the fold when it has come to that sequence.
 */
final class Claims {

    private final Rule rule;
    private final Map<Long, List<Claim>> byAccount = new HashMap<>();
    private final Map<Long, Integer> next = new HashMap<>();
    private final List<Snapshot> snapshots = new ArrayList<>();

    /** @param number call within the node's history; for a checkpoint, its shard */
    private record Claim(long sequence, long debitsPosted, long creditsPosted, long debitsPending, long creditsPending, String source, long number) {
        Sums sums() {
            return Sums.of(debitsPosted, creditsPosted, debitsPending, creditsPending);
        }
    }

    private record Snapshot(int shard, long sequence, int accounts) {
    }

    Claims(Rule rule) {
        this.rule = rule;
    }

    /** Notes what a read was answered with. */
    void read(Call call) {
        call.reading().filter(answer -> answer.balance() != null).ifPresent(answer -> {
            Answer.Balance balance = answer.balance();
            add(call.invocation().account(), new Claim(answer.debitSequence(), balance.debitsPosted(), balance.creditsPosted(),
                    balance.debitsPending(), balance.creditsPending(), call.node(), call.invocation().call()));
            rule.count("balances shown to clients", 1);
        });
    }

    /** Notes what a checkpoint says, in the encoding of version 1. */
    void checkpoint(Journal.Checkpoint checkpoint) {
        ByteBuffer state = ByteBuffer.wrap(checkpoint.state());
        int format = state.get();
        int shard = state.getShort();
        long sequence = state.getLong();
        state.getLong();
        if (format != 1 || shard != checkpoint.shard() || sequence != checkpoint.sequence()) {
            rule.violated("the checkpoint of shard %d at sequence %d says that it is of shard %d at sequence %d, format %d".formatted(
                    checkpoint.shard(), checkpoint.sequence(), shard, sequence, format));
            return;
        }
        int rows = state.getInt();
        for (int i = 0; i < rows; i++) {
            long account = state.getLong();
            // Parent, type, status, currency, limits.
            state.position(state.position() + 8 + 1 + 1 + 2 + 8 + 8);
            add(account, new Claim(sequence, state.getLong(), state.getLong(), state.getLong(), state.getLong(), "checkpoint", shard));
        }
        snapshots.add(new Snapshot(shard, sequence, rows));
        rule.count("checkpoints", 1);
    }

    private void add(long account, Claim claim) {
        byAccount.computeIfAbsent(account, id -> new ArrayList<>()).add(claim);
    }

    /** No more claims come. */
    void sort() {
        byAccount.values().forEach(claims -> claims.sort(Comparator.comparingLong(Claim::sequence)));
    }

    /** The account stays as it is up to the sequence before this one. */
    void before(Fold.Account account, long sequence) {
        List<Claim> claims = byAccount.get(account.id);
        if (claims == null) {
            return;
        }
        int at = next.getOrDefault(account.id, 0);
        while (at < claims.size() && claims.get(at).sequence() < sequence) {
            compare(account, claims.get(at++));
        }
        next.put(account.id, at);
    }

    private void compare(Fold.Account account, Claim claim) {
        if (!claim.sums().equals(account.sums())) {
            rule.violated(Rule.Suspicion.of("account %d was shown as %s at sequence %d, the journal says %s".formatted(account.id, claim.sums(),
                            claim.sequence(), account.sums())).withAccount(account.id, Long.MAX_VALUE)
                    .with(claim.source(), "call or shard %d: sequence %d, %s".formatted(claim.number(), claim.sequence(), claim.sums())));
        }
    }

    /** The journal is at its end. */
    void end(Map<Long, Fold.Account> accounts) {
        byAccount.forEach((id, claims) -> {
            Fold.Account account = accounts.get(id);
            if (account == null) {
                rule.violated("account %d was shown, and the journal does not know it".formatted(id));
            } else {
                before(account, Long.MAX_VALUE);
            }
        });
        for (Snapshot snapshot : snapshots) {
            long expected = accounts.values().stream().filter(account -> account.shard == snapshot.shard() && account.openedAt <= snapshot.sequence()).count();
            if (expected != snapshot.accounts()) {
                rule.violated("the checkpoint of shard %d at sequence %d has %d accounts instead of %d".formatted(snapshot.shard(),
                        snapshot.sequence(), snapshot.accounts(), expected));
            }
        }
    }

    /** Claims of a sequence that the shard never reached. */
    void endOf(Map<Long, Fold.Account> accounts, long[] sequences) {
        byAccount.forEach((id, claims) -> {
            Fold.Account account = accounts.get(id);
            Claim last = claims.getLast();
            if (account != null && last.sequence() > sequences[account.shard]) {
                rule.violated(Rule.Suspicion.of("account %d was shown at sequence %d, and its shard ends at %d".formatted(id, last.sequence(),
                        sequences[account.shard])).with(last.source(), "call or shard %d: %s".formatted(last.number(), last.sums())));
            }
        });
    }
}
