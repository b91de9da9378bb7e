package io.partita.member.drill.load;

import com.hazelcast.client.HazelcastClient;
import com.hazelcast.client.config.ClientConfig;
import com.hazelcast.core.HazelcastInstance;
import io.partita.PartitaClients;
import io.partita.ledger.AccountCommand;
import io.partita.ledger.Balance;
import io.partita.ledger.HazelcastLedgerClient;
import io.partita.ledger.LedgerResult;
import io.partita.ledger.Reading;
import io.partita.ledger.Refusal;
import io.partita.ledger.Transfer;
import io.partita.member.drill.history.Answer;
import io.partita.member.drill.history.Invocation;
import io.partita.member.drill.history.Movement;
import io.partita.member.drill.history.Operation;
import io.partita.money.Money;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The Java client over Hazelcast, which finds the members by itself. Thread-safe: all grid callers of a process share one. */
final class GridChannel implements Channel, AutoCloseable {

    /** How long a caller waits for a balance: another question is soon asked. */
    static final Duration READ_DEADLINE = Duration.ofSeconds(3);

    private final HazelcastInstance hazelcast;
    private final HazelcastLedgerClient client;
    private final long deadlineNanos;
    private final Duration patience;
    private final String cluster;

    private GridChannel(HazelcastInstance hazelcast, String cluster, Duration patience, Duration deadline) {
        this.hazelcast = hazelcast;
        this.client = HazelcastLedgerClient.of(hazelcast, patience);
        this.deadlineNanos = deadline.toNanos();
        this.patience = patience;
        this.cluster = cluster;
    }

    /**
     * Connects.
     *
     * @param through  address of a member to the address under which this process reaches it, where they differ
     * @param patience how long the client repeats by itself what may go through later
     * @param deadline when a caller gives up
     */
    static GridChannel connect(String cluster, List<String> addresses, Map<String, String> through, Duration patience, Duration deadline) {
        ClientConfig config = PartitaClients.config(cluster, addresses);
        config.setProperty("hazelcast.client.invocation.timeout.seconds", "5");
        config.setProperty("hazelcast.logging.type", "none");
        if (!through.isEmpty()) {
            Detours.configure(config, addresses, through);
        }
        return new GridChannel(HazelcastClient.newHazelcastClient(config), cluster, patience, deadline);
    }

    HazelcastInstance hazelcast() {
        return hazelcast;
    }

    @Override
    public Invocation.Via via() {
        return Invocation.Via.GRID;
    }

    @Override
    public String target() {
        return cluster;
    }

    @Override
    public boolean readsJournal() {
        return false;
    }

    @Override
    public Reply submit(Operation operation, List<Movement> movements) {
        try {
            List<Transfer> transfers = movements.stream().map(GridChannel::transfer).toList();
            return await(switch (operation) {
                case LINKED -> client.linkedAsync(transfers);
                case BATCH -> client.batchAsync(transfers);
                default -> client.transferAsync(transfers.getFirst()).thenApply(List::of);
            }, movements.size());
        } catch (IllegalStateException nobody) {
            // Thrown before anything is sent.
            return Reply.same(Answer.refused(Answer.UNREACHABLE), movements.size());
        }
    }

    /** Opens accounts: one answer for each. */
    Reply open(List<AccountCommand.Open> commands) {
        return await(client.accountsAsync(commands), commands.size());
    }

    private Reply await(CompletableFuture<List<LedgerResult>> future, int count) {
        try {
            return new Reply(future.get(deadlineNanos, TimeUnit.NANOSECONDS).stream().map(GridChannel::answer).toList(), 0);
        } catch (TimeoutException e) {
            return Reply.same(Answer.unknown("TIMEOUT"), count);
        } catch (ExecutionException e) {
            return Reply.same(Answer.unknown(e.getCause().getClass().getSimpleName()), count);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Reply.same(Answer.unknown("INTERRUPTED"), count);
        }
    }

    private static Answer answer(LedgerResult result) {
        return switch (result) {
            case LedgerResult.Booked booked -> Answer.booked(booked.position(), booked.debitSequence(), booked.creditSequence(), booked.repeated());
            case LedgerResult.Refused refused when refused.code() == Refusal.OUTCOME_UNKNOWN -> Answer.unknown(refused.code().name());
            case LedgerResult.Refused refused -> Answer.refused(refused.code().name());
        };
    }

    private static Transfer transfer(Movement movement) {
        Money amount = movement.amount() < 0 ? null
                : Money.of(movement.amount(), DrillAccounts.currency(movement.debit() != 0 ? movement.debit() : DrillAccounts.CASH));
        return switch (movement.kind()) {
            case Movement.PENDING -> Transfer.pending(movement.id(), movement.debit(), movement.credit(), amount, expiry(movement));
            case Movement.POST -> Transfer.postPending(movement.id(), movement.relatesTo(), amount);
            case Movement.VOID -> Transfer.voidPending(movement.id(), movement.relatesTo());
            case Movement.REVERSAL -> Transfer.reversal(movement.id(), movement.relatesTo());
            default -> Transfer.of(movement.id(), movement.debit(), movement.credit(), amount);
        };
    }

    /**
     * When a pending transfer expires: a matter of its id, so that a repeat asks for the same. Half of them never do, the others within
     * three seconds of the time in the id.
     */
    static Instant expiry(Movement movement) {
        long made = movement.id().getMostSignificantBits() >>> 16;
        int chance = (int) (movement.id().getLeastSignificantBits() & 0xFFF);
        return chance < 0x800 ? null : Instant.ofEpochMilli(made + 500 + chance);
    }

    @Override
    public Reply read(long account, long seen, boolean strong) {
        try {
            Reading reading = client.balanceAsync(account).get(Math.min(deadlineNanos, READ_DEADLINE.plus(patience).toNanos()), TimeUnit.NANOSECONDS);
            Balance balance = reading.balance().orElse(null);
            return balance == null ? Reply.same(Answer.refused("ACCOUNT_NOT_FOUND"), 1)
                    : Reply.same(Answer.shown(reading.sequence(), new Answer.Balance(balance.debitsPosted(), balance.creditsPosted(),
                            balance.debitsPending(), balance.creditsPending(), reading.stale())), 1);
        } catch (TimeoutException e) {
            return Reply.same(Answer.unknown("TIMEOUT"), 1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Reply.same(Answer.unknown("INTERRUPTED"), 1);
        } catch (ExecutionException | RuntimeException e) {
            return Reply.same(Answer.refused(Answer.UNREACHABLE), 1);
        }
    }

    @Override
    public void close() {
        client.close();
        hazelcast.shutdown();
    }
}
