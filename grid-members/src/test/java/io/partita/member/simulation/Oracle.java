package io.partita.member.simulation;

import io.partita.ledger.AccountCommand;
import io.partita.ledger.AccountStatus;
import io.partita.ledger.Balance;
import io.partita.ledger.LedgerNames;
import io.partita.ledger.LedgerResult;
import io.partita.ledger.Limits;
import io.partita.ledger.Refusal;
import io.partita.ledger.Transfer;
import io.partita.ledger.TransferKind;
import io.partita.ledger.journal.JournalEntry;
import io.partita.ledger.shard.Shard;
import io.partita.member.ledger.SimulatedStore;
import io.partita.member.ledger.SimulatedStore.Batch;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** Checks what must always hold (docs/ledger.md) after a schedule, by folding the journal in the most naive way. */
final class Oracle {

    static final String DENSE = "dense";
    static final String LIMITS = "limits";
    static final String ACCOUNTS = "accounts";
    static final String EXACTLY_ONCE = "exactly once";
    static final String REFUSED = "refused";
    static final String ASKED_FOR = "asked for";
    static final String LINKED = "linked";
    static final String GRID_IS_FOLD = "grid = fold";
    static final String READING_IS_FOLD = "reading = fold";
    static final String MONOTONIC = "monotonic";

    private final SimulatedStore store;
    private final History history;
    private final List<Shard> replicas;
    private final Map<UUID, AccountCommand> setUp = new HashMap<>();
    /** As the journal has them up to where it has been folded. */
    private final Map<Long, Terms> accounts = new HashMap<>();
    private final Map<UUID, Long> changes = new HashMap<>();
    /** Account, then the shard's sequence, to the terms from there on. */
    private final Map<Long, TreeMap<Long, Terms>> terms = new HashMap<>();
    private final List<String> violations = new ArrayList<>();
    /** Account, then the shard's sequence, to the sums from there on. */
    private final Map<Long, TreeMap<Long, Sums>> folds = new HashMap<>();
    private final Map<UUID, List<Booked>> rows = new HashMap<>();

    private record Booked(JournalEntry.Booking entry, Batch batch, long debitSequence, long creditSequence) {
    }

    private record Terms(AccountStatus status, Limits limits) {

        boolean equal(Balance balance) {
            return status == balance.status() && limits.maxNetDebit() == balance.maxNetDebit() && limits.maxNetCredit() == balance.maxNetCredit();
        }
    }

    private record Sums(long debits, long credits, long debitsPending, long creditsPending) {

        static final Sums NONE = new Sums(0, 0, 0, 0);

        Sums with(JournalEntry.Booking entry, boolean debit) {
            long posted = switch (entry.kind()) {
                case PENDING, VOID_PENDING, EXPIRE_PENDING -> 0;
                case POSTED, REVERSAL, ADJUSTMENT, POST_PENDING -> entry.amount();
            };
            long pending = switch (entry.kind()) {
                case PENDING -> entry.amount();
                case POST_PENDING, VOID_PENDING, EXPIRE_PENDING -> -entry.released();
                case POSTED, REVERSAL, ADJUSTMENT -> 0;
            };
            return debit ? new Sums(debits + posted, credits, debitsPending + pending, creditsPending)
                    : new Sums(debits, credits + posted, debitsPending, creditsPending + pending);
        }

        boolean equal(Balance balance) {
            return debits == balance.debitsPosted() && credits == balance.creditsPosted() && debitsPending == balance.debitsPending()
                    && creditsPending == balance.creditsPending();
        }
    }

    Oracle(SimulatedStore store, History history, List<Shard> replicas, List<AccountCommand.Open> opened) {
        this.store = store;
        this.history = history;
        this.replicas = replicas;
        opened.forEach(open -> setUp.put(open.id(), open));
    }

    List<String> violations() {
        foldJournal();
        everyAcknowledgedTransferOnce();
        everyAcknowledgedCommandOnce();
        everyRowWasAskedFor();
        groupsAreWhole();
        replicas.forEach(shard -> statesAreFolds(shard, "replica"));
        store.checkpoints().values().forEach(states -> states.values().forEach(state -> statesAreFolds(Shard.decode(state), "checkpoint")));
        readingsAreFolds();
        return violations;
    }

    private void violate(String invariant, String what) {
        if (violations.size() < 10) {
            violations.add(invariant + ": " + what);
        }
    }

    // ---- the journal -----------------------------------------------------------------------------------------------------

    /** Dense positions and sequences, limits after every leg, non-decreasing times, and the fold itself. */
    private void foldJournal() {
        long position = 0;
        long bookedAt = Long.MIN_VALUE;
        Map<Integer, Long> sequences = new HashMap<>();
        for (Batch batch : store.batches()) {
            if (batch.position() != position || batch.bookedAt() < bookedAt) {
                violate(DENSE, "batch " + batch.journal().number() + " lies at " + batch.position() + ", not at " + position);
            }
            position = batch.end();
            bookedAt = batch.bookedAt();
            for (int i = 0; i < batch.journal().shards().length; i++) {
                int shard = batch.journal().shards()[i];
                long next = sequences.getOrDefault(shard, 0L) + 1;
                if (batch.journal().firsts()[i] != next) {
                    violate(DENSE, "shard " + shard + " goes on at " + batch.journal().firsts()[i] + ", not at " + next);
                }
                sequences.put(shard, next + batch.journal().counts()[i] - 1);
            }
            for (JournalEntry entry : batch.journal().entries()) {
                if (entry instanceof JournalEntry.Booking booking) {
                    fold(batch, booking);
                } else if (entry instanceof JournalEntry.AccountChange change) {
                    fold(batch, change);
                }
            }
        }
        if (position != store.size()) {
            violate(DENSE, "the journal ends at " + position + ", its head says " + store.size());
        }
    }

    private void fold(Batch batch, JournalEntry.Booking booking) {
        long debit = batch.sequence(booking.debitAccount(), booking.debitOrdinal());
        long credit = batch.sequence(booking.creditAccount(), booking.creditOrdinal());
        rows.computeIfAbsent(booking.id(), id -> new ArrayList<>()).add(new Booked(booking, batch, debit, credit));
        fold(booking, booking.debitAccount(), true, debit);
        fold(booking, booking.creditAccount(), false, credit);
    }

    private void fold(JournalEntry.Booking booking, long account, boolean debit, long sequence) {
        TreeMap<Long, Sums> fold = folds.get(account);
        if (fold == null) {
            violate(ACCOUNTS, booking + " comes before account " + account);
            return;
        }
        boolean givesBack = booking.kind() == TransferKind.VOID_PENDING || booking.kind() == TransferKind.EXPIRE_PENDING;
        AccountStatus status = accounts.get(account).status();
        if (status == AccountStatus.CLOSED || status == AccountStatus.FROZEN && !givesBack) {
            violate(ACCOUNTS, booking + " moves account " + account + ", which is " + status);
        }
        Sums sums = fold.lastEntry().getValue().with(booking, debit);
        fold.put(sequence, sums);
        requireWithinLimit(account, sums, sequence);
    }

    private void requireWithinLimit(long account, Sums sums, long sequence) {
        long limit = accounts.get(account).limits().maxNetDebit();
        if (limit != Long.MAX_VALUE && sums.debits + sums.debitsPending - sums.credits > limit) {
            violate(LIMITS, "account " + account + " exceeds its limit at sequence " + sequence + " of its shard: " + sums);
        }
    }

    private void fold(Batch batch, JournalEntry.AccountChange change) {
        AccountCommand command = change.command();
        long account = command.account();
        long sequence = batch.sequence(account, change.ordinal());
        Terms before = accounts.get(account);
        if (changes.put(command.id(), batch.position() + change.index()) != null) {
            violate(EXACTLY_ONCE, command + " is in the journal twice");
        }
        if (before == null != command instanceof AccountCommand.Open || before != null && before.status() == AccountStatus.CLOSED) {
            violate(ACCOUNTS, command + " finds the account " + before);
            return;
        }
        Terms after = switch (command) {
            case AccountCommand.Open open -> {
                folds.put(account, new TreeMap<>(Map.of(sequence, Sums.NONE)));
                yield new Terms(open.details().status(), open.details().limits());
            }
            case AccountCommand.ChangeLimits limits -> new Terms(before.status(), limits.limits());
            case AccountCommand.ChangeStatus status -> new Terms(status.status(), before.limits());
        };
        accounts.put(account, after);
        terms.computeIfAbsent(account, key -> new TreeMap<>()).put(sequence, after);
        Sums sums = folds.get(account).lastEntry().getValue();
        requireWithinLimit(account, sums, sequence);
        if (after.status() == AccountStatus.CLOSED && (sums.debits != sums.credits || sums.debitsPending != 0 || sums.creditsPending != 0)) {
            violate(ACCOUNTS, "account " + account + " is closed with " + sums);
        }
    }

    // ---- clients ---------------------------------------------------------------------------------------------------------

    private void everyAcknowledgedTransferOnce() {
        for (History.Request request : history.requests) {
            for (List<LedgerResult> answer : request.answers) {
                for (int i = 0; i < answer.size(); i++) {
                    if (answer.get(i) instanceof LedgerResult.Booked booked) {
                        acknowledged(request.transfers.get(i), booked);
                    }
                }
            }
            if (request.outcome != null && request.sent == 1) {
                refused(request);
            }
        }
    }

    private void everyAcknowledgedCommandOnce() {
        Map<UUID, AccountCommand> asked = new HashMap<>(setUp);
        for (History.Order order : history.orders) {
            asked.put(order.command.id(), order.command);
            Long position = changes.get(order.command.id());
            for (LedgerResult answer : order.answers) {
                if (answer instanceof LedgerResult.Booked booked && (position == null || booked.position() != position)) {
                    violate(EXACTLY_ONCE, order.command + " was acknowledged as " + booked + " and is at " + position);
                }
            }
            if (position != null && order.outcome instanceof LedgerResult.Refused refused && (forGood(refused) || sent(order.command.id()) == 1)) {
                violate(REFUSED, order.command + " was refused with " + refused.code() + " and is in the journal");
            }
        }
        changes.keySet().stream().filter(id -> !asked.containsKey(id)).forEach(id -> violate(ASKED_FOR, "nobody asked for account command " + id));
    }

    /** As long as this is so nobody can ever book the command; if it was booked before, that is the answer. */
    private static boolean forGood(LedgerResult.Refused refused) {
        return refused.code() == Refusal.ACCOUNT_EXISTS || refused.code() == Refusal.ACCOUNT_CLOSED;
    }

    /** How often a command was sent, by all clients that have its id. */
    private int sent(UUID id) {
        return history.orders.stream().filter(order -> order.command.id().equals(id)).mapToInt(order -> order.sent).sum();
    }

    private void acknowledged(Transfer transfer, LedgerResult.Booked result) {
        List<Booked> found = rows.getOrDefault(transfer.id(), List.of());
        if (found.size() != 1) {
            violate(EXACTLY_ONCE, transfer.id() + " was acknowledged and is in the journal " + found.size() + " times");
            return;
        }
        Booked row = found.getFirst();
        if (row.batch.position() + row.entry.index() != result.position() || row.debitSequence != result.debitSequence()
                || row.creditSequence != result.creditSequence() || row.entry.kind() != transfer.kind()) {
            violate(EXACTLY_ONCE, transfer.id() + " was acknowledged as " + result + " but lies elsewhere");
        }
    }

    /** What was sent once and refused for good was not booked. (A refusal speaks for its own attempt, not for others on their way.) */
    private void refused(History.Request request) {
        for (int i = 0; i < request.transfers.size(); i++) {
            if (request.outcome.get(i) instanceof LedgerResult.Refused refused && refused.code() != Refusal.ID_REUSED
                    && rows.containsKey(request.transfers.get(i).id())) {
                violate(REFUSED, request.transfers.get(i).id() + " was refused with " + refused.code() + " and is in the journal");
            }
        }
    }

    private void everyRowWasAskedFor() {
        Map<UUID, Transfer> asked = new HashMap<>();
        history.requests.forEach(request -> request.transfers.forEach(transfer -> asked.put(transfer.id(), transfer)));
        rows.forEach((id, found) -> {
            JournalEntry.Booking entry = found.getFirst().entry;
            Transfer transfer = asked.get(id);
            boolean expiry = entry.relatesTo() != null
                    && id.equals(UUID.nameUUIDFromBytes(("expire:" + entry.relatesTo()).getBytes(StandardCharsets.US_ASCII)));
            if (found.size() > 1) {
                violate(EXACTLY_ONCE, id + " is in the journal " + found.size() + " times");
            } else if (transfer == null ? !expiry : transfer.kind() != entry.kind()
                    || transfer.amount() != null && transfer.amount().minor() != entry.amount()
                    || transfer.debitAccount() != 0 && (transfer.debitAccount() != entry.debitAccount() || transfer.creditAccount() != entry.creditAccount())) {
                violate(ASKED_FOR, "nobody asked for " + entry);
            }
        });
    }

    private void groupsAreWhole() {
        for (History.Request request : history.requests) {
            long batches = request.transfers.stream().map(transfer -> rows.getOrDefault(transfer.id(), List.of()))
                    .map(found -> found.isEmpty() ? -1 : found.getFirst().batch.position()).distinct().count();
            if (batches > 1) {
                violate(LINKED, "only part of a linked group is in the journal, or in several batches: " + request.transfers);
            }
        }
    }

    // ---- states ----------------------------------------------------------------------------------------------------------

    private void statesAreFolds(Shard shard, String what) {
        shard.forEachBalance(balance -> {
            Sums sums = at(folds, balance.account(), shard.appliedSequence());
            Terms agreed = at(terms, balance.account(), shard.appliedSequence());
            if (sums == null || agreed == null || !sums.equal(balance) || !agreed.equal(balance)) {
                violate(GRID_IS_FOLD, "a " + what + " of shard " + shard.number() + " at sequence " + shard.appliedSequence() + " has " + balance
                        + ", the journal " + sums + ", " + agreed);
            }
        });
        folds.forEach((account, fold) -> {
            if (LedgerNames.shardOf(account) == shard.number() && fold.firstKey() <= shard.appliedSequence() && shard.balance(account) == null) {
                violate(GRID_IS_FOLD, "a " + what + " of shard " + shard.number() + " at sequence " + shard.appliedSequence() + " has no account " + account);
            }
        });
    }

    private static <T> T at(Map<Long, TreeMap<Long, T>> folds, long account, long sequence) {
        TreeMap<Long, T> fold = folds.get(account);
        Map.Entry<Long, T> entry = fold == null ? null : fold.floorEntry(sequence);
        return entry == null ? null : entry.getValue();
    }

    private void readingsAreFolds() {
        for (History.Look look : history.looks) {
            look.reading().balance().ifPresent(balance -> {
                Sums sums = at(folds, look.account(), look.reading().sequence());
                if (sums == null || !sums.equal(balance)) {
                    violate(READING_IS_FOLD, "client " + look.client() + " was told " + balance + " at sequence " + look.reading().sequence()
                            + ", the journal has " + sums);
                }
            });
            if (look.accepted() && look.reading().sequence() < look.seenBefore()) {
                violate(MONOTONIC, "client " + look.client() + " saw " + look.reading().sequence() + " after " + look.seenBefore());
            }
        }
    }
}
