package io.partita.member.ledger;

import com.hazelcast.splitbrainprotection.SplitBrainProtectionException;
import io.partita.ledger.LedgerNames;
import io.partita.ledger.LedgerResult;
import io.partita.ledger.Refusal;
import io.partita.ledger.Side;
import io.partita.ledger.Transfer;
import io.partita.ledger.TransferKind;
import io.partita.ledger.journal.JournalEntry;
import io.partita.ledger.shard.Authorization;
import io.partita.ledger.shard.Authorize;
import io.partita.ledger.shard.Legs;
import io.partita.ledger.shard.Release;
import io.partita.ledger.shard.ShardUpdate;
import io.partita.member.ledger.JournalBatch.Place;
import io.partita.member.ledger.JournalLookup.Known;
import io.partita.member.ledger.JournalLookup.Related;
import io.partita.member.ledger.TransferGroup.Item;
import io.partita.tracing.Tracing;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One batch of transfers from the lane that took it to its results:
 *
 * <ol>
 * <li>what has been booked before gets its first result;
 * <li>posts, voids and reversals take accounts and amounts from what they relate to;
 * <li>each touched shard authorizes its legs and reserves;
 * <li>what was refused is looked up once more: a repeat is no refusal;
 * <li>one transaction commits the rest to the journal, if every touched shard still has the epoch that authorized it;
 * <li>the shards settle: they apply what was committed and drop the reservations.
 * </ol>
 *
 * <p>Used once, by one thread. After {@link #run} every group is resolved, refused, or to be tried again.
 */
final class TransferBatch {

    private static final Logger LOG = LoggerFactory.getLogger(TransferBatch.class);
    private static final int COMMIT_ATTEMPTS = 5;

    private final LedgerEngine engine;
    private final long token;
    private List<TransferGroup> live;
    private final List<TransferGroup> again = new ArrayList<>(0);
    private final Legs[] legs = new Legs[LedgerNames.SHARD_COUNT];
    /** How many groups the legs are of. */
    private int asked;
    private boolean minority;
    /** Nobody knows whether it was committed: what is reserved ends with the epoch, and no sooner. */
    private boolean undecided;
    private final Authorization[] authorizations = new Authorization[LedgerNames.SHARD_COUNT];

    TransferBatch(LedgerEngine engine, List<TransferGroup> groups) {
        this.engine = engine;
        this.token = engine.nextToken();
        this.live = groups;
    }

    /** Groups that met something passing, such as a shard on its way to another member. */
    List<TransferGroup> again() {
        return again;
    }

    void run() {
        try {
            answerRepeats();
            resolveRelated();
            if (!live.isEmpty()) {
                authorize();
            }
        } catch (StoreException failure) {
            engine.health().failed(failure);
            refuseLive(Refusal.STORE_UNAVAILABLE);
            releaseAll();
            return;
        } catch (RuntimeException | Error failure) {
            // Nothing was committed: what some shards have reserved by now would stay reserved for good.
            releaseAll();
            throw failure;
        }
        if (asked > 0) {
            commitAuthorized();
        }
    }

    // ---- 1. repeats ----------------------------------------------------------------------------------------------

    private void answerRepeats() throws StoreException {
        List<UUID> suspects = new ArrayList<>(0);
        for (TransferGroup group : live) {
            // The whole group: of ids that are not asked for it would seem as if the journal did not have them.
            if (suspect(group)) {
                group.items.forEach(item -> suspects.add(item.request.id()));
            }
        }
        if (!suspects.isEmpty()) {
            answerBooked(engine.lookup().known(suspects));
        }
    }

    private boolean suspect(TransferGroup group) {
        for (Item item : group.items) {
            if (engine.recent().maybe(item.request.id())) {
                return true;
            }
        }
        return false;
    }

    /** Takes the groups out that have an id which the journal has. */
    private boolean answerBooked(Map<UUID, Known> booked) {
        if (booked.isEmpty()) {
            return false;
        }
        return live.removeIf(group -> {
            boolean known = false;
            boolean same = true;
            for (Item item : group.items) {
                Known found = booked.get(item.request.id());
                known |= found != null;
                same &= found != null && found.answers(item.request);
            }
            if (known && same) {
                group.forgetRefusals();
                group.items.forEach(item -> item.result = booked.get(item.request.id()).repeated());
            } else if (known) {
                // Part of a group that was booked as a whole, or other content under a known id.
                group.forgetRefusals();
                for (Item item : group.items) {
                    if (booked.containsKey(item.request.id())) {
                        item.refuse(Refusal.ID_REUSED, "");
                    }
                }
            }
            return known;
        });
    }

    // ---- 2. related transfers --------------------------------------------------------------------------------------

    private void resolveRelated() throws StoreException {
        List<UUID> related = new ArrayList<>(0);
        for (TransferGroup group : live) {
            for (Item item : group.items) {
                if (item.request.relatesTo() != null) {
                    related.add(item.request.relatesTo());
                }
            }
        }
        if (related.isEmpty()) {
            return;
        }
        Map<UUID, Related> originals = engine.lookup().originals(related);
        for (TransferGroup group : live) {
            for (Item item : group.items) {
                if (item.request.relatesTo() != null) {
                    resolve(item, originals.get(item.request.relatesTo()));
                }
            }
        }
        explainAndDropRefused();
    }

    private static void resolve(Item item, Related original) {
        TransferKind kind = item.request.kind();
        if (original == null) {
            item.refuse(kind.resolvesPending() ? Refusal.PENDING_NOT_FOUND : Refusal.ORIGINAL_NOT_FOUND, item.request.relatesTo().toString());
        } else if (kind.resolvesPending()) {
            resolveEnding(item, original);
        } else if (kind == TransferKind.REVERSAL) {
            resolveReversal(item, original);
        }
    }

    private static void resolveEnding(Item item, Related pending) {
        if (pending.kind() != TransferKind.PENDING) {
            item.refuse(Refusal.NOT_PENDING, "");
            return;
        }
        item.released = pending.amount();
        if (item.request.kind() != TransferKind.POST_PENDING) {
            item.amount = 0;
        } else if (item.request.amount() == null) {
            item.amount = pending.amount();
        } else if (item.currency != pending.currency()) {
            item.refuse(Refusal.CURRENCY_MISMATCH, "the pending transfer is in " + pending.currency());
        } else if (item.amount > pending.amount()) {
            item.refuse(Refusal.EXCEEDS_PENDING_AMOUNT, "pending are " + pending.currency().toMajor(pending.amount()).toPlainString());
        }
        take(item, pending.debitAccount(), pending.creditAccount(), pending);
    }

    private static void resolveReversal(Item item, Related original) {
        boolean moved = original.kind() == TransferKind.POSTED || original.kind() == TransferKind.ADJUSTMENT
                || original.kind() == TransferKind.POST_PENDING && original.amount() > 0;
        if (!moved) {
            item.refuse(Refusal.NOT_REVERSIBLE, "it is a " + original.kind());
            return;
        }
        item.amount = original.amount();
        take(item, original.creditAccount(), original.debitAccount(), original);
    }

    private static void take(Item item, long debit, long credit, Related original) {
        if (item.debit != 0 && item.debit != debit || item.credit != 0 && item.credit != credit) {
            item.refuse(Refusal.INVALID_REQUEST, "the related transfer has other accounts");
        }
        item.debit = debit;
        item.credit = credit;
        item.currency = original.currency();
    }

    // ---- 3. authorization -----------------------------------------------------------------------------------------

    private void authorize() throws StoreException {
        try (Tracing.Span _ = engine.tracing().open("ledger authorize")) {
            askShards();
        }
        explainAndDropRefused();
    }

    private void askShards() {
        fillLegs(live, legs);
        asked = live.size();
        Map<Integer, Authorize> questions = new LinkedHashMap<>();
        long now = engine.nowMicros();
        for (int shard = 0; shard < legs.length; shard++) {
            if (legs[shard] != null) {
                questions.put(shard, Authorize.legs(token, legs[shard], now));
            }
        }
        engine.shards().submit(questions).forEach((shard, answer) -> authorizations[shard] = authorization(shard, answer));
        int[] cursor = new int[LedgerNames.SHARD_COUNT];
        for (TransferGroup group : live) {
            for (Item item : group.items) {
                judge(item, cursor, item.debit, "debit account ");
                judge(item, cursor, item.credit, "credit account ");
            }
        }
    }

    private Authorization authorization(int shard, CompletionStage<Authorization> asked) {
        try {
            Authorization authorization = engine.shards().answer(asked);
            if (!authorization.serving()) {
                engine.keeper().look();
            }
            return authorization;
        } catch (CompletionException failure) {
            minority |= failure.getCause() instanceof ExecutionException cause && cause.getCause() instanceof SplitBrainProtectionException;
            LOG.debug("Shard {} did not authorize a batch", shard, failure);
            return null;
        }
    }

    /** Legs go to their shards in the order of the batch, debit before credit; every later pass keeps to it. */
    private static void fillLegs(List<TransferGroup> groups, Legs[] legs) {
        // Room for an even spread and some more.
        int capacity = 4 + groups.size() * 5 / 2 / LedgerNames.SHARD_COUNT;
        int number = 0;
        for (TransferGroup group : groups) {
            for (Item item : group.items) {
                addLeg(legs, capacity, item, Side.DEBIT, item.debit, number);
                addLeg(legs, capacity, item, Side.CREDIT, item.credit, number);
            }
            number++;
        }
    }

    private static void addLeg(Legs[] legs, int capacity, Item item, Side side, long account, int group) {
        int shard = LedgerNames.shardOf(account);
        if (legs[shard] == null) {
            legs[shard] = new Legs(capacity);
        }
        TransferKind kind = item.request.kind();
        legs[shard].add(kind, side, account, item.amount, item.released, item.currency.number(), group);
        legs[shard].transfer(item.request.id());
        if (side == Side.DEBIT && (kind == TransferKind.PENDING || kind.resolvesPending())) {
            legs[shard].pending(kind == TransferKind.PENDING ? item.request.id() : item.request.relatesTo(),
                    JournalLookup.micros(item.request.expiresAt()));
        }
    }

    private void judge(Item item, int[] cursor, long account, String side) {
        int shard = LedgerNames.shardOf(account);
        int leg = cursor[shard]++;
        Authorization authorization = authorizations[shard];
        Refusal refusal = authorization == null ? unreachable() : authorization.serving() ? authorization.refusal(leg) : Refusal.SHARD_UNAVAILABLE;
        // A leg refused only with its group must not hide the other side's own reason.
        if (refusal != null && (item.refusal == null || item.refusal == Refusal.LINKED_FAILED)) {
            item.refuse(refusal, refusal == Refusal.LINKED_FAILED ? "" : side + account);
        }
    }

    /** Without a majority no shard will answer soon: the caller had better ask another member. */
    private Refusal unreachable() {
        return minority ? Refusal.NOT_IN_VIEW : Refusal.SHARD_UNAVAILABLE;
    }

    // ---- 4. refusals ------------------------------------------------------------------------------------------------

    private void explainAndDropRefused() throws StoreException {
        List<TransferGroup> refused = live.stream().filter(TransferGroup::refused).toList();
        if (refused.isEmpty()) {
            return;
        }
        Set<UUID> ids = new HashSet<>();
        Set<UUID> pendings = new HashSet<>();
        for (TransferGroup group : refused) {
            for (Item item : group.items) {
                ids.add(item.request.id());
                if (item.refusal == Refusal.PENDING_NOT_FOUND) {
                    pendings.add(item.request.relatesTo());
                }
            }
        }
        // Whoever repeats a command gets its first result, even where a new one would be refused.
        answerBooked(engine.lookup().known(ids));
        explainEndings(engine.lookup().endings(pendings));
        live.removeIf(group -> {
            if (group.refused() && group.retryable() && !minority) {
                again.add(group);
            }
            return group.refused();
        });
    }

    private void explainEndings(Map<UUID, Related> endings) {
        for (TransferGroup group : live) {
            for (Item item : group.items) {
                Related ending = item.refusal == Refusal.PENDING_NOT_FOUND ? endings.get(item.request.relatesTo()) : null;
                if (ending != null) {
                    item.refuse(switch (ending.kind()) {
                        case POST_PENDING -> Refusal.PENDING_ALREADY_POSTED;
                        case VOID_PENDING -> Refusal.PENDING_ALREADY_VOIDED;
                        default -> Refusal.PENDING_EXPIRED;
                    }, "by " + ending.id());
                }
            }
        }
    }

    private void refuseLive(Refusal code) {
        live.forEach(group -> group.refuseAll(code, ""));
        live = List.of();
    }

    // ---- 5. commit ----------------------------------------------------------------------------------------------------

    private void commitAuthorized() {
        JournalBatch batch = null;
        Place place = null;
        try {
            for (int attempt = 0; place == null && !live.isEmpty(); attempt++) {
                batch = journalBatch(engine.store().nextBatch());
                place = commit(batch, attempt);
            }
        } catch (StoreException failure) {
            engine.health().failed(failure);
            refuseLive(Refusal.STORE_UNAVAILABLE);
        }
        if (place == null && !undecided) {
            releaseAll();
        } else if (place != null) {
            settle(batch, place);
        }
    }

    /** The batch's place; null if the batch must be made anew from the groups that are still live. */
    private Place commit(JournalBatch batch, int attempt) throws StoreException {
        long start = engine.timing().nanoTime();
        try (Tracing.Span _ = engine.tracing().open("ledger commit").tag("db.system.name", "postgresql").tag("partita.entries", batch.entries().size())) {
            Place place = engine.store().commit(batch);
            engine.meters().committed(batch.entries().size(), engine.timing().nanoTime() - start);
            return place;
        } catch (StoreException.Conflict conflict) {
            dropConflicts(attempt, conflict);
            return null;
        } catch (StoreException.Fenced fenced) {
            engine.keeper().fenced(fenced.shard, fenced.epoch);
            again.addAll(live);
            live.forEach(group -> group.refuseAll(Refusal.SHARD_UNAVAILABLE, ""));
            live = List.of();
            return null;
        } catch (StoreException.Rejected rejected) {
            isolate(rejected);
            return null;
        } catch (StoreException.OutcomeUnknown unknown) {
            return outcome(batch, unknown);
        }
    }

    /** One entry that cannot be stored must not take the others with it: each group goes on alone. */
    private void isolate(StoreException.Rejected rejected) {
        LOG.error("A batch of {} groups was refused", live.size(), rejected);
        if (live.size() == 1) {
            refuseLive(Refusal.INVALID_REQUEST);
            return;
        }
        List<TransferGroup> groups = live;
        live = List.of();
        for (TransferGroup group : groups) {
            TransferBatch alone = new TransferBatch(engine, new ArrayList<>(List.of(group)));
            alone.run();
            again.addAll(alone.again);
        }
    }

    /** Finds what the journal's unique indexes object to; it has been committed by now. */
    private void dropConflicts(int attempt, StoreException.Conflict conflict) throws StoreException {
        if (attempt == COMMIT_ATTEMPTS) {
            LOG.error("The journal keeps refusing a batch", conflict);
            refuseLive(Refusal.STORE_UNAVAILABLE);
            return;
        }
        Set<UUID> ids = new HashSet<>();
        Set<UUID> pendings = new HashSet<>();
        Set<UUID> originals = new HashSet<>();
        Set<UUID> seen = new HashSet<>();
        for (TransferGroup group : live) {
            for (Item item : group.items) {
                ids.add(item.request.id());
                if (item.request.kind().resolvesPending()) {
                    pendings.add(item.request.relatesTo());
                } else if (item.request.kind() == TransferKind.REVERSAL) {
                    originals.add(item.request.relatesTo());
                    if (!seen.add(item.request.relatesTo())) {
                        item.refuse(Refusal.ALREADY_REVERSED, "by another transfer of the same batch");
                    }
                }
            }
        }
        answerBooked(engine.lookup().known(ids));
        Map<UUID, Related> endings = engine.lookup().endings(pendings);
        Map<UUID, Related> reversals = engine.lookup().reversals(originals);
        for (TransferGroup group : live) {
            for (Item item : group.items) {
                if (item.request.kind().resolvesPending() && endings.containsKey(item.request.relatesTo())) {
                    item.refuse(Refusal.PENDING_NOT_FOUND, "");
                } else if (item.request.kind() == TransferKind.REVERSAL && reversals.containsKey(item.request.relatesTo())) {
                    item.refuse(Refusal.ALREADY_REVERSED, "by " + reversals.get(item.request.relatesTo()).id());
                }
            }
        }
        explainEndings(endings);
        live.removeIf(TransferGroup::refused);
    }

    /** Asks until the database can tell; meanwhile this lane commits nothing. */
    private Place outcome(JournalBatch batch, StoreException.OutcomeUnknown unknown) throws StoreException {
        LOG.warn("{}. Looking batch {} up.", unknown.getMessage(), batch.id());
        engine.health().failed(unknown);
        while (!Thread.currentThread().isInterrupted()) {
            try {
                Place place = engine.store().place(batch.id());
                LOG.info("Batch {} was {}committed.", batch.id(), place == null ? "not " : "");
                if (place == null) {
                    refuseLive(Refusal.STORE_UNAVAILABLE);
                }
                return place;
            } catch (StoreException.Unavailable stillGone) {
                engine.timing().pause(50_000_000);
            }
        }
        undecided = true;
        refuseLive(Refusal.OUTCOME_UNKNOWN);
        return null;
    }

    private JournalBatch journalBatch(long id) {
        int[] counts = new int[LedgerNames.SHARD_COUNT];
        List<JournalEntry> entries = new ArrayList<>(live.size());
        for (TransferGroup group : live) {
            int linkedTo = entries.size();
            for (Item item : group.items) {
                entries.add(booking(item, id, entries.size(), linkedTo, counts));
            }
        }
        return JournalBatch.of(id, engine.view().term(), engine.member(), entries, counts, authorizations);
    }

    private static JournalEntry.Booking booking(Item item, long batch, int index, int linkedTo, int[] counts) {
        Transfer request = item.request;
        return new JournalEntry.Booking(request.id(), batch, index, request.kind(), item.debit, item.credit, item.amount, item.released,
                item.currency, request.relatesTo(), linkedTo, request.code(), request.reference(),
                request.valueDate() == null ? JournalEntry.NO_DATE : (int) request.valueDate().toEpochDay(),
                JournalLookup.micros(request.expiresAt()),
                counts[LedgerNames.shardOf(item.debit)]++, counts[LedgerNames.shardOf(item.credit)]++);
    }

    // ---- 6. settlement ------------------------------------------------------------------------------------------------

    private void settle(JournalBatch batch, Place place) {
        try (Tracing.Span _ = engine.tracing().open("ledger settle")) {
            tellShards(batch, place);
        }
    }

    private void tellShards(JournalBatch batch, Place place) {
        Legs[] committed = legs;
        if (live.size() < asked) {
            committed = new Legs[LedgerNames.SHARD_COUNT];
            fillLegs(live, committed);
        }
        Settlement settlement = new Settlement(engine);
        for (int i = 0; i < batch.shards().length; i++) {
            int shard = batch.shards()[i];
            settlement.add(shard, new ShardUpdate(place.firsts()[i], batch.end(place), token, committed[shard], null));
        }
        settlement.send();
        releaseOthers(committed);
        recordResults(batch, place);
        settlement.await();
    }

    private void recordResults(JournalBatch batch, Place place) {
        long[] first = new long[LedgerNames.SHARD_COUNT];
        for (int i = 0; i < batch.shards().length; i++) {
            first[batch.shards()[i]] = place.firsts()[i];
        }
        java.time.Instant bookedAt = JournalLookup.instant(place.bookedAt());
        int index = 0;
        for (TransferGroup group : live) {
            for (Item item : group.items) {
                JournalEntry.Booking booking = (JournalEntry.Booking) batch.entries().get(index);
                engine.recent().add(booking.id());
                item.result = new LedgerResult.Booked(booking.id(), place.position() + index,
                        first[LedgerNames.shardOf(booking.debitAccount())] + booking.debitOrdinal(),
                        first[LedgerNames.shardOf(booking.creditAccount())] + booking.creditOrdinal(), bookedAt, false);
                index++;
            }
        }
    }

    private void releaseAll() {
        releaseOthers(new Legs[LedgerNames.SHARD_COUNT]);
    }

    /** Shards that were asked but have nothing to settle give back what they reserved. */
    private void releaseOthers(Legs[] committed) {
        for (int shard = 0; shard < legs.length; shard++) {
            if (legs[shard] != null && committed[shard] == null) {
                engine.keeper().release(shard, token);
            }
        }
    }
}
