package io.partita.member.drill.load;

import io.partita.member.drill.history.Answer;
import io.partita.member.drill.history.HistoryWriter;
import io.partita.member.drill.history.Movement;
import io.partita.member.drill.history.Operation;
import io.partita.member.drill.history.Outcome;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/**
 * One client of the ledger: asks, waits for the answer, writes both down, and asks again with the same ids for whatever ended in an unknown
 * outcome. After an answer that asks for patience it waits, longer each time, and with jitter: many callers that are refused at once must
 * not come back at once, nor fill the disk with refusals. Runs on one thread.
 */
final class Caller {

    /** Beyond this, what stays unknown stays so. */
    private static final int MOST_UNKNOWN = 50;
    private static final long FIRST_PAUSE_MILLIS = 50;
    private static final long LONGEST_PAUSE_MILLIS = 2_000;
    private static final long WATCH_NANOS = 200_000_000;

    private final int number;
    private final Channel channel;
    private final Load.Settings settings;
    private final HistoryWriter history;
    private final Tally tally;
    private final ExecutorService storm;
    private final Workload workload;
    private final SplittableRandom random;
    private final ArrayDeque<Request> unknown = new ArrayDeque<>();
    private final Map<Long, Long> seen = new HashMap<>();
    private long pause;

    Caller(int number, Channel channel, Load.Settings settings, HistoryWriter history, Tally tally, ExecutorService storm) {
        this.number = number;
        this.channel = channel;
        this.settings = settings;
        this.history = history;
        this.tally = tally;
        this.storm = storm;
        this.random = new SplittableRandom(settings.seed() * 1_000 + number);
        this.workload = new Workload(random.nextLong(), settings.largestBatch());
    }

    /** Asks one thing after the other for as long as it may. */
    void run(BooleanSupplier running) throws InterruptedException {
        long interval = settings.nanosPerCall();
        long next = System.nanoTime() + (interval == 0 ? 0 : random.nextLong(interval));
        while (running.getAsBoolean()) {
            if (!unknown.isEmpty() && random.nextInt(3) == 0) {
                ask(unknown.removeFirst());
            } else if (workload.reads()) {
                read(workload.question(channel.readsJournal()));
            } else {
                ask(workload.request());
            }
            rest();
            // Who was kept waiting does not make up for it: a client asks when it can.
            next = Math.max(next + interval, System.nanoTime());
            sleepUntil(next, running);
        }
    }

    /** Asks for balances only, at a steady pace: whether reads go on must not depend on how long writes wait. */
    void watch(BooleanSupplier running) throws InterruptedException {
        while (running.getAsBoolean()) {
            long next = System.nanoTime() + WATCH_NANOS / 2 + random.nextLong(WATCH_NANOS);
            read(workload.question(false));
            sleepUntil(next, running);
        }
    }

    /** Asks again for what is still open, until nothing is or the time is over. */
    void resolve(long endNanos) throws InterruptedException {
        while (!unknown.isEmpty() && System.nanoTime() < endNanos) {
            ask(unknown.removeFirst());
            rest();
        }
    }

    int unresolved() {
        return unknown.size();
    }

    private static void sleepUntil(long nanos, BooleanSupplier running) throws InterruptedException {
        for (long left; running.getAsBoolean() && (left = nanos - System.nanoTime()) > 0; ) {
            Thread.sleep(Math.min(left / 1_000_000 + 1, 100));
        }
    }

    private void rest() throws InterruptedException {
        if (pause > 0) {
            Thread.sleep(pause / 2 + random.nextLong(pause));
        }
    }

    private void read(Workload.Question question) {
        long call = history.invoke(number, channel.via(), channel.target(), question.strong() ? Operation.STRONG_READ : Operation.READ,
                question.account(), seen.getOrDefault(question.account(), 0L));
        long began = System.nanoTime();
        Reply reply = channel.read(question.account(), seen.getOrDefault(question.account(), 0L), question.strong());
        history.complete(call, reply.answers());
        tally.took(System.nanoTime() - began);
        Answer answer = reply.answers().getFirst();
        tally.read(answer);
        if (answer.outcome() == Outcome.OK && !answer.balance().stale()) {
            see(question.account(), answer.debitSequence());
        }
        slowDown(reply);
    }

    private void see(long account, long sequence) {
        seen.merge(account, sequence, Math::max);
    }

    private void ask(Request request) {
        List<Reply> replies = settings.duplicates() == 1 ? List.of(send(request)) : storm(request);
        learn(request, replies);
        slowDown(replies.getFirst());
    }

    /** The same request several times at once. */
    private List<Reply> storm(Request request) {
        return IntStream.range(0, settings.duplicates()).mapToObj(i -> CompletableFuture.supplyAsync(() -> send(request), storm)).toList()
                .stream().map(CompletableFuture::join).toList();
    }

    private Reply send(Request request) {
        long call = history.invoke(number, channel.via(), channel.target(), request.operation(), request.movements(), request.attempt());
        long began = System.nanoTime();
        Reply reply = channel.submit(request.operation(), request.movements());
        history.complete(call, reply.answers());
        long ended = System.nanoTime();
        tally.took(ended - began);
        reply.answers().forEach(answer -> tally.write(answer, ended));
        return reply;
    }

    /** Remembers what is open, what may be posted or voided later, and which sequences were told. */
    private void learn(Request request, List<Reply> replies) {
        List<Movement> open = new ArrayList<>();
        for (int i = 0; i < request.movements().size(); i++) {
            int place = i;
            Movement movement = request.movements().get(i);
            List<Answer> answers = replies.stream().map(reply -> reply.answers().get(place)).toList();
            Answer booked = answers.stream().filter(answer -> answer.outcome() == Outcome.OK).findFirst().orElse(null);
            if (booked != null) {
                learn(movement, booked);
            } else if (answers.stream().anyMatch(answer -> answer.outcome() == Outcome.UNKNOWN) && !refusedForGood(answers)) {
                open.add(movement);
            }
        }
        if (!open.isEmpty() && unknown.size() < MOST_UNKNOWN) {
            unknown.add(request.again(request.operation() == Operation.LINKED ? request.movements() : open));
        }
    }

    private static boolean refusedForGood(List<Answer> answers) {
        return answers.stream().anyMatch(answer -> answer.outcome() == Outcome.REFUSED && !Outcome.passing(answer.code()));
    }

    private void learn(Movement movement, Answer booked) {
        if (movement.debit() != 0 && !booked.repeated()) {
            see(movement.debit(), booked.debitSequence());
            see(movement.credit(), booked.creditSequence());
        }
        if (movement.kind() == Movement.PENDING) {
            workload.booked(movement);
        }
    }

    private void slowDown(Reply reply) {
        boolean later = reply.answers().stream().anyMatch(answer -> answer.outcome() == Outcome.UNKNOWN || Outcome.passing(answer.code()));
        pause = !later ? 0 : Math.max(reply.retryAfterMillis(), Math.clamp(pause * 2, FIRST_PAUSE_MILLIS, LONGEST_PAUSE_MILLIS));
    }

    @Override
    public String toString() {
        return "caller " + number + " of " + Arrays.asList(channel.via(), channel.target());
    }
}
