package io.partita.ledger;

import com.hazelcast.cluster.Member;
import com.hazelcast.core.ExecutionCallback;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.IExecutorService;
import io.partita.ledger.remote.LedgerCall;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * The {@link LedgerClient} over Hazelcast. Each transfer travels to the member that owns its debit account's shard, together with
 * whatever else goes there; a few calls to each member are under way at once, everything else waits and joins the next. Any member
 * would do: the right one only saves a hop. Thread-safe.
 */
public final class HazelcastLedgerClient implements LedgerClient {

    private static final int CALLS_PER_MEMBER = 8;
    /** From about here on a call costs more for what is in it than for itself: it waits for nothing, and needs less company. */
    private static final int LARGE = 512;
    private static final int LARGE_CALLS_PER_MEMBER = 4;
    /** Callers who were answered together have their next transfers ready by then, mostly. */
    private static final long GATHER_MICROS = 300;
    private static final int MAX_CALL = Transfer.MAX_BATCH;
    private static final long FIRST_PAUSE_MILLIS = 10;
    private static final long READ_PATIENCE_MILLIS = 1_500;
    /** So long a member that did not answer is passed over. */
    private static final long SILENCE_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final long LONGEST_PAUSE_MILLIS = 500;

    private final HazelcastInstance hazelcast;
    private final IExecutorService executor;
    private final long patienceNanos;
    private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(2,
            Thread.ofPlatform().daemon().name("partita-client-", 0).factory());
    private final Map<UUID, Courier> couriers = new ConcurrentHashMap<>();
    /** Members that did not answer a question, and when. */
    private final Map<UUID, Long> silentSince = new ConcurrentHashMap<>();
    private final AtomicLongArray seen = new AtomicLongArray(LedgerNames.SHARD_COUNT);
    private volatile boolean closed;

    private HazelcastLedgerClient(HazelcastInstance hazelcast, Duration patience) {
        this.hazelcast = hazelcast;
        this.executor = hazelcast.getExecutorService(LedgerNames.EXECUTOR);
        this.patienceNanos = patience.toNanos();
    }

    /** A client over a Hazelcast client or member, which stays the caller's; retryable refusals are repeated for 30 seconds. */
    public static HazelcastLedgerClient of(HazelcastInstance hazelcast) {
        return of(hazelcast, Duration.ofSeconds(30));
    }

    /** A client that repeats retryable refusals for so long; zero for never. */
    public static HazelcastLedgerClient of(HazelcastInstance hazelcast, Duration patience) {
        return new HazelcastLedgerClient(hazelcast, patience);
    }

    @Override
    public CompletableFuture<LedgerResult> transferAsync(Transfer transfer) {
        Gather gather = new Gather(1);
        send(new Parcel(List.of(transfer), null, gather, 0));
        return gather.all.thenApply(List::getFirst);
    }

    @Override
    public CompletableFuture<List<LedgerResult>> linkedAsync(List<Transfer> legs) {
        if (legs.isEmpty()) {
            return CompletableFuture.completedFuture(List.of());
        }
        Gather gather = new Gather(legs.size());
        send(new Parcel(List.copyOf(legs), null, gather, 0));
        return gather.all;
    }

    @Override
    public CompletableFuture<List<LedgerResult>> batchAsync(List<Transfer> transfers) {
        if (transfers.isEmpty()) {
            return CompletableFuture.completedFuture(List.of());
        }
        Gather gather = new Gather(transfers.size());
        if (transfers.size() > Transfer.MAX_BATCH) {
            for (int i = 0; i < transfers.size(); i++) {
                gather.put(i, new LedgerResult.Refused(transfers.get(i).id(), Refusal.BATCH_TOO_LARGE, ""));
            }
            return gather.all;
        }
        Map<Courier, List<Parcel>> routed = new java.util.LinkedHashMap<>();
        for (int i = 0; i < transfers.size(); i++) {
            Parcel parcel = new Parcel(List.of(transfers.get(i)), null, gather, i);
            routed.computeIfAbsent(route(parcel), courier -> new ArrayList<>()).add(parcel);
        }
        routed.forEach(Courier::post);
        return gather.all;
    }

    @Override
    public CompletableFuture<List<LedgerResult>> accountsAsync(List<? extends AccountCommand> commands) {
        if (commands.isEmpty()) {
            return CompletableFuture.completedFuture(List.of());
        }
        Gather gather = new Gather(commands.size());
        send(new Parcel(null, List.copyOf(commands), gather, 0));
        return gather.all;
    }

    @Override
    public CompletableFuture<Reading> balanceAsync(long account) {
        CompletableFuture<Reading> answer = new CompletableFuture<>();
        new Question(account, answer).ask();
        return answer;
    }

    /** A question for a balance: first to the owner of the shard, then, as long as no current answer comes, to one member after another. */
    private final class Question {

        private final long account;
        private final int shard;
        private final CompletableFuture<Reading> answer;
        private final long deadline = System.nanoTime() + patienceNanos;
        private final AtomicInteger attempts = new AtomicInteger();
        private long pause = FIRST_PAUSE_MILLIS;

        Question(long account, CompletableFuture<Reading> answer) {
            this.account = account;
            this.shard = LedgerNames.shardOf(account);
            this.answer = answer;
        }

        void ask() {
            int attempt = attempts.incrementAndGet();
            Member member = owner(shard);
            executor.submitToMember(new LedgerCall.Read(account), member, new ExecutionCallback<>() {
                @Override
                public void onResponse(LedgerCall.Answer response) {
                    silentSince.remove(member.getUuid());
                    Reading reading = response.reading();
                    if (!reading.stale() && see(shard, reading.sequence())) {
                        answer.complete(reading);
                    } else {
                        goOn(attempt, new Reading(reading.balance(), reading.sequence(), true), null);
                    }
                }

                @Override
                public void onFailure(Throwable failure) {
                    silentSince.put(member.getUuid(), System.nanoTime());
                    goOn(attempt, null, failure);
                }
            });
            // A member that was cut off says nothing at all, and that takes long to notice: meanwhile another one is asked.
            threads.schedule(() -> {
                if (!answer.isDone() && attempts.get() == attempt && !closed) {
                    silentSince.put(member.getUuid(), System.nanoTime());
                    again();
                }
            }, READ_PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        }

        private void goOn(int attempt, Reading reading, Throwable failure) {
            if (!closed && System.nanoTime() < deadline) {
                if (attempts.get() == attempt) {
                    threads.schedule(this::again, pause, TimeUnit.MILLISECONDS);
                    pause = Math.min(pause * 2, LONGEST_PAUSE_MILLIS);
                }
            } else if (reading != null) {
                answer.complete(reading);
            } else if (attempts.get() == attempt) {
                answer.completeExceptionally(failure);
            }
        }

        private void again() {
            try {
                ask();
            } catch (RuntimeException unreachable) {
                answer.completeExceptionally(unreachable);
            }
        }
    }

    /** Notes a sequence; false if a later one of the shard was seen before. */
    private boolean see(int shard, long sequence) {
        return seen.accumulateAndGet(shard, sequence, Math::max) == sequence;
    }

    private void send(Parcel parcel) {
        route(parcel).post(List.of(parcel));
    }

    private Courier route(Parcel parcel) {
        if (closed) {
            throw new IllegalStateException("The ledger client is closed");
        }
        Member member = owner(parcel.shard());
        return couriers.computeIfAbsent(member.getUuid(), id -> new Courier(member));
    }

    /** The member that has the shard, or another one if that one has been silent lately: each can do what another asks it for. */
    private Member owner(int shard) {
        Member owner = shard < 0 ? null : hazelcast.getPartitionService().getPartition(LedgerNames.trayOf(shard)).getOwner();
        return owner != null && !silent(owner) ? owner : anyMember();
    }

    private Member anyMember() {
        List<Member> members = List.copyOf(hazelcast.getCluster().getMembers());
        if (members.isEmpty()) {
            throw new IllegalStateException("No member of the grid can be reached");
        }
        List<Member> talking = members.stream().filter(member -> !silent(member)).toList();
        List<Member> candidates = talking.isEmpty() ? members : talking;
        return candidates.get(ThreadLocalRandom.current().nextInt(candidates.size()));
    }

    private boolean silent(Member member) {
        Long since = silentSince.get(member.getUuid());
        return since != null && System.nanoTime() - since < SILENCE_NANOS;
    }

    @Override
    public void close() {
        closed = true;
        threads.shutdown();
    }

    /** Collects the results of one call. */
    private static final class Gather {

        private final LedgerResult[] results;
        private final AtomicInteger missing;
        final CompletableFuture<List<LedgerResult>> all = new CompletableFuture<>();

        Gather(int count) {
            results = new LedgerResult[count];
            missing = new AtomicInteger(count);
        }

        void put(int place, LedgerResult result) {
            results[place] = result;
            if (missing.decrementAndGet() == 0) {
                all.complete(Arrays.asList(results));
            }
        }
    }

    /** What travels together and is repeated together: a group of transfers, or a call's account commands. */
    private final class Parcel {

        private final List<Transfer> transfers;
        private final List<? extends AccountCommand> commands;
        private final Gather gather;
        private final int place;
        private final long deadline = System.nanoTime() + patienceNanos;
        private long pause = FIRST_PAUSE_MILLIS;
        /** Whether an attempt may have been booked: what a later one was refused for the time being does not tell. */
        private boolean unknown;

        Parcel(List<Transfer> transfers, List<? extends AccountCommand> commands, Gather gather, int place) {
            this.transfers = transfers;
            this.commands = commands;
            this.gather = gather;
            this.place = place;
        }

        int size() {
            return transfers != null ? transfers.size() : commands.size();
        }

        int shard() {
            long account = transfers != null ? transfers.getFirst().debitAccount() : commands.getFirst().account();
            return account == 0 ? -1 : LedgerNames.shardOf(account);
        }

        UUID id(int index) {
            return transfers != null ? transfers.get(index).id() : commands.get(index).id();
        }

        /** Account id of the debit side, as far as the request names it. */
        private void see(int index, LedgerResult.Booked booked) {
            if (transfers == null) {
                HazelcastLedgerClient.this.see(LedgerNames.shardOf(commands.get(index).account()), booked.debitSequence());
                return;
            }
            Transfer transfer = transfers.get(index);
            if (transfer.debitAccount() != 0 && transfer.creditAccount() != 0) {
                HazelcastLedgerClient.this.see(LedgerNames.shardOf(transfer.debitAccount()), booked.debitSequence());
                HazelcastLedgerClient.this.see(LedgerNames.shardOf(transfer.creditAccount()), booked.creditSequence());
            }
        }

        /** Hands the results to the caller, or sends everything once more. */
        void deliver(List<LedgerResult> results) {
            boolean again = results.stream().anyMatch(result -> result instanceof LedgerResult.Refused refused && refused.code().retryable());
            unknown |= results.stream().anyMatch(result -> result instanceof LedgerResult.Refused refused
                    && refused.code() == Refusal.OUTCOME_UNKNOWN);
            if (again && retry()) {
                return;
            }
            for (int i = 0; i < results.size(); i++) {
                LedgerResult result = results.get(i);
                if (result instanceof LedgerResult.Booked booked) {
                    see(i, booked);
                }
                boolean open = unknown && result instanceof LedgerResult.Refused refused && refused.code().retryable();
                gather.put(place + i, open ? new LedgerResult.Refused(result.id(), Refusal.OUTCOME_UNKNOWN, "") : result);
            }
        }

        void failed(Throwable failure) {
            unknown = true;
            if (!retry()) {
                for (int i = 0; i < size(); i++) {
                    gather.put(place + i, new LedgerResult.Refused(id(i), Refusal.OUTCOME_UNKNOWN, String.valueOf(failure.getMessage())));
                }
            }
        }

        private boolean retry() {
            if (closed || System.nanoTime() - deadline >= 0) {
                return false;
            }
            threads.schedule(this::resend, pause, TimeUnit.MILLISECONDS);
            pause = Math.min(pause * 2, LONGEST_PAUSE_MILLIS);
            return true;
        }

        private void resend() {
            try {
                send(this);
            } catch (RuntimeException unreachable) {
                failed(unreachable);
            }
        }
    }

    /**
     * The calls to one member. The first leaves at once; while one is under way the next gathers what comes within a moment. Otherwise those
     * who were answered together would leave one by one, until no further call may, and the others would wait for a whole commit.
     */
    private final class Courier {

        private final Member member;
        private final ArrayDeque<Parcel> waiting = new ArrayDeque<>();
        /** Transfers and commands that wait. */
        private int size;
        private int underWay;
        private boolean gathering;

        Courier(Member member) {
            this.member = member;
        }

        void post(List<Parcel> parcels) {
            List<Parcel> call;
            synchronized (this) {
                waiting.addAll(parcels);
                for (Parcel parcel : parcels) {
                    size += parcel.size();
                }
                call = next();
            }
            carry(call);
        }

        /** The next call if one may leave now. */
        private List<Parcel> next() {
            boolean large = size >= LARGE;
            if (waiting.isEmpty() || underWay >= (large ? LARGE_CALLS_PER_MEMBER : CALLS_PER_MEMBER)) {
                return List.of();
            }
            if (large || underWay == 0 || closed) {
                return take();
            }
            if (!gathering) {
                threads.schedule(this::gathered, GATHER_MICROS, TimeUnit.MICROSECONDS);
                gathering = true;
            }
            return List.of();
        }

        private void gathered() {
            List<Parcel> call;
            synchronized (this) {
                gathering = false;
                call = waiting.isEmpty() || underWay >= CALLS_PER_MEMBER ? List.of() : take();
            }
            carry(call);
        }

        /** Transfers travel with transfers, a call's account commands alone. */
        private List<Parcel> take() {
            List<Parcel> call = new ArrayList<>();
            int taken = 0;
            do {
                Parcel parcel = waiting.poll();
                call.add(parcel);
                taken += parcel.size();
            } while (call.getLast().transfers != null && !waiting.isEmpty() && waiting.peek().transfers != null
                    && taken + waiting.peek().size() <= MAX_CALL);
            size -= taken;
            underWay++;
            return call;
        }

        private void carry(List<Parcel> call) {
            if (call.isEmpty()) {
                return;
            }
            LedgerCall<LedgerCall.Results> ledgerCall = call.getFirst().transfers != null
                    ? new LedgerCall.Submit(call.stream().map(parcel -> parcel.transfers).toList())
                    : new LedgerCall.Accounts(call.getFirst().commands);
            try {
                executor.submitToMember(ledgerCall, member, new ExecutionCallback<>() {
                    @Override
                    public void onResponse(LedgerCall.Results response) {
                        done(() -> deliver(call, response.results()));
                    }

                    @Override
                    public void onFailure(Throwable failure) {
                        done(() -> call.forEach(parcel -> parcel.failed(failure)));
                    }
                });
            } catch (RuntimeException failure) {
                done(() -> call.forEach(parcel -> parcel.failed(failure)));
            }
        }

        /** The next call leaves before the results of this one are worked on. */
        private void done(Runnable deliver) {
            List<Parcel> next;
            synchronized (this) {
                underWay--;
                next = next();
            }
            if (closed) {
                deliver.run();
            } else {
                threads.execute(deliver);
            }
            carry(next);
        }

        private static void deliver(List<Parcel> call, List<LedgerResult> results) {
            int from = 0;
            for (Parcel parcel : call) {
                parcel.deliver(results.subList(from, from + parcel.size()));
                from += parcel.size();
            }
        }
    }
}
