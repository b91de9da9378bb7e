package io.partita.member.drill;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;

/** What clients asked for and what they were told, with monotonic times. Thread-safe. */
final class History {

    private final ConcurrentLinkedQueue<Operation> operations = new ConcurrentLinkedQueue<>();

    /** How an operation ended for its client. */
    enum Outcome {
        BOOKED, REFUSED, UNKNOWN
    }

    /**
     * One transfer as one client saw it.
     *
     * @param group    operations of one linked group share it
     * @param debit    0 where the request leaves it to the related transfer
     * @param amount   minor units; -1 likewise
     * @param position as acknowledged; -1 unless booked
     * @param code     of the refusal; empty unless refused
     */
    record Operation(UUID id, UUID group, int kind, long debit, long credit, long amount, UUID relatesTo, Outcome outcome, long position,
                     long debitSequence, long creditSequence, String code, long invokedNanos, long completedNanos) {
    }

    /**
     * A balance that a client was shown as current.
     *
     * @param account      which
     * @param client       who saw it
     */
    record Seen(int client, long account, int shard, long sequence, long order) {
    }

    private final ConcurrentLinkedQueue<Seen> seen = new ConcurrentLinkedQueue<>();

    void add(Operation operation) {
        operations.add(operation);
    }

    void add(Seen reading) {
        seen.add(reading);
    }

    List<Operation> operations() {
        return List.copyOf(operations);
    }

    List<Seen> seen() {
        return List.copyOf(seen);
    }

    long count(Outcome outcome) {
        return operations.stream().filter(operation -> operation.outcome() == outcome).count();
    }
}
