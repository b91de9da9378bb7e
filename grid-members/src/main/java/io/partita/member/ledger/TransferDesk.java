package io.partita.member.ledger;

import io.partita.ledger.LedgerResult;
import io.partita.ledger.Refusal;
import io.partita.ledger.Transfer;
import io.partita.ledger.TransferKind;
import io.partita.ledger.shard.ReadShard;
import io.partita.tracing.Callers;
import io.partita.tracing.Tracing;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where calls become groups in a queue, and what lanes take from there becomes batches and answers. Keeps the register of ids in
 * flight, so that a repeat waits for the first's result. Thread-safe.
 */
final class TransferDesk {

    private static final Logger LOG = LoggerFactory.getLogger(TransferDesk.class);
    private static final int EXPIRE_AT_ONCE = 1_000;

    private final LedgerEngine engine;
    private final TransferQueue queue;
    private final Duration deadline;
    private final ConcurrentHashMap<UUID, TransferGroup> inFlight;
    private final ConcurrentLinkedQueue<Expiring> expiring = new ConcurrentLinkedQueue<>();
    private volatile boolean closing;

    /** A call and what is to be answered when its time is over. */
    private record Expiring(Call call, List<TransferGroup> groups) {
    }

    /**
     * @param deadline within this time every call is answered
     * @param room     ids in flight to make room for from the start
     */
    TransferDesk(LedgerEngine engine, TransferQueue queue, Duration deadline, int room) {
        this.engine = engine;
        this.queue = queue;
        this.deadline = deadline;
        this.inFlight = new ConcurrentHashMap<>(room);
    }

    /** When a call that comes now has to be answered. */
    long deadline() {
        return engine.timing().nanoTime() + deadline.toNanos();
    }

    /** What has to wait is no longer tried again. */
    void close() {
        closing = true;
        queue.close();
    }

    // ---- calls -------------------------------------------------------------------------------------------------------

    /** Why nothing can be booked at all just now, or null. */
    Refusal closed() {
        if (closing || !engine.view().serving()) {
            return Refusal.NOT_IN_VIEW;
        }
        return engine.health().available() ? null : Refusal.STORE_UNAVAILABLE;
    }

    /** Takes a call. */
    CompletableFuture<List<LedgerResult>> submit(List<List<Transfer>> groups) {
        int count = groups.stream().mapToInt(List::size).sum();
        if (count == 0) {
            return CompletableFuture.completedFuture(List.of());
        }
        Call call = new Call(count, deadline(), arrival(count));
        Refusal refusal = count > Transfer.MAX_BATCH ? Refusal.BATCH_TOO_LARGE : closed();
        List<TransferGroup> admitted = new ArrayList<>(groups.size());
        int place = 0;
        for (List<Transfer> group : groups) {
            LedgerResult.Refused[] refused = refusal != null ? refuse(group, refusal)
                    : group.size() > Transfer.MAX_LINKED ? refuse(group, Refusal.TOO_MANY_LEGS) : TransferRules.check(group);
            if (refused == null) {
                admitted.add(new TransferGroup(call, place, group));
            } else {
                answer(call, place, refused);
            }
            place += group.size();
        }
        admit(call, admitted);
        return call.future();
    }

    private Tracing.Span arrival(int count) {
        String caller = engine.tracing().current();
        return caller == null ? Tracing.Span.NONE : engine.tracing().begin("ledger call", caller, List.of()).tag("partita.transfers", count);
    }

    private void admit(Call call, List<TransferGroup> admitted) {
        if (admitted.isEmpty()) {
            return;
        }
        if (queue.offer(admitted, admitted.stream().mapToInt(TransferGroup::size).sum())) {
            expiring.add(new Expiring(call, admitted));
        } else {
            for (TransferGroup group : admitted) {
                group.refuseAll(Refusal.OVERLOADED, "");
                finish(group);
            }
        }
    }

    private static LedgerResult.Refused[] refuse(List<Transfer> group, Refusal code) {
        return group.stream().map(transfer -> TransferRules.refuse(transfer, code, "")).toArray(LedgerResult.Refused[]::new);
    }

    private void answer(Call call, int place, LedgerResult.Refused[] refused) {
        for (int i = 0; i < refused.length; i++) {
            engine.meters().refused(refused[i].code());
            call.answer(place + i, refused[i]);
        }
    }

    // ---- batches -----------------------------------------------------------------------------------------------------

    /** Carries a batch out, from what a lane took to its answers. */
    void process(List<TransferGroup> taken) {
        long start = engine.timing().nanoTime();
        List<TransferGroup> live = new ArrayList<>(taken.size());
        for (TransferGroup group : taken) {
            if (group.take() && (group.registered || register(group))) {
                group.forgetRefusals();
                live.add(group);
            } else if (group.registered) {
                // Its time ran out between two attempts: its ids must not stay in flight, where repeats would wait for ever.
                finish(group);
            }
        }
        if (live.isEmpty()) {
            return;
        }
        List<TransferGroup> all = List.copyOf(live);
        TransferBatch batch = new TransferBatch(engine, live);
        try (Tracing.Span _ = traced(all)) {
            batch.run();
        } catch (RuntimeException | Error failure) {
            // What was committed is in the journal and its shards will find it there; the callers repeat and learn it.
            LOG.error("A batch failed", failure);
            all.stream().filter(group -> !group.resolved() && !group.refused()).forEach(group -> group.refuseAll(Refusal.OUTCOME_UNKNOWN, ""));
        }
        Set<TransferGroup> again = new HashSet<>(batch.again());
        long now = engine.timing().nanoTime();
        for (TransferGroup group : all) {
            if (again.contains(group) && !group.expired(now) && !closing) {
                engine.timing().after(group.nextPauseMillis(), () -> queue.again(group));
            } else {
                finish(group);
            }
        }
        engine.meters().batch(engine.timing().nanoTime() - start);
    }

    private Tracing.Span traced(List<TransferGroup> batch) {
        Callers callers = new Callers();
        batch.forEach(group -> callers.add(group.trace()));
        return callers.open(engine.tracing(), "ledger batch").tag("partita.groups", batch.size());
    }

    /** Makes the group's ids known as in flight; if one already is, the group waits for that result and false is returned. */
    private boolean register(TransferGroup group) {
        for (int i = 0; i < group.size(); i++) {
            TransferGroup other = inFlight.putIfAbsent(group.items.get(i).request.id(), group);
            while (other != null && !other.park(group)) {
                other = inFlight.putIfAbsent(group.items.get(i).request.id(), group);
                Thread.onSpinWait();
            }
            if (other != null) {
                unregister(group, i);
                return false;
            }
        }
        group.registered = true;
        return true;
    }

    private void unregister(TransferGroup group, int count) {
        for (int i = 0; i < count; i++) {
            inFlight.remove(group.items.get(i).request.id(), group);
        }
    }

    private void finish(TransferGroup group) {
        if (group.registered) {
            unregister(group, group.size());
            group.registered = false;
        }
        int booked = 0;
        for (TransferGroup.Item item : group.items) {
            if (item.result != null) {
                booked++;
            } else {
                engine.meters().refused(item.refusal == null ? Refusal.LINKED_FAILED : item.refusal);
            }
        }
        engine.meters().booked(booked);
        group.answer().forEach(queue::again);
    }

    /** Answers calls whose time is over. */
    void expireCalls() {
        long now = engine.timing().nanoTime();
        // All of it, every time: an unanswered call must not keep the answered ones behind it in memory.
        for (Iterator<Expiring> calls = expiring.iterator(); calls.hasNext(); ) {
            Expiring waiting = calls.next();
            if (waiting.call().answered()) {
                calls.remove();
            } else if (waiting.call().expired(now)) {
                calls.remove();
                Refusal notTaken = engine.health().available() ? Refusal.OVERLOADED : Refusal.STORE_UNAVAILABLE;
                waiting.groups().forEach(group -> group.expire(notTaken));
            }
        }
    }

    // ---- expiry ------------------------------------------------------------------------------------------------------

    /** Books the expiry of pending transfers of this member's shards whose time has come. */
    void expirePendings() {
        if (!engine.view().serving() || !engine.health().available()) {
            return;
        }
        long now = engine.nowMicros();
        Map<Integer, ReadShard.Expired> asked = new LinkedHashMap<>();
        engine.shards().local().forEach(shard -> asked.put(shard, new ReadShard.Expired(now, EXPIRE_AT_ONCE)));
        for (CompletionStage<UUID[]> answer : engine.shards().submit(asked).values()) {
            for (UUID pending : engine.shards().answer(answer)) {
                // The id follows from the pending transfer's, so that whoever expires it, and however often, it happens once.
                UUID id = UUID.nameUUIDFromBytes(("expire:" + pending).getBytes(StandardCharsets.US_ASCII));
                Transfer expiry = new Transfer(id, TransferKind.EXPIRE_PENDING, 0, 0, null, pending, 0, "", null, null);
                Call call = new Call(1, deadline());
                admit(call, List.of(new TransferGroup(call, 0, List.of(expiry))));
            }
        }
    }
}
