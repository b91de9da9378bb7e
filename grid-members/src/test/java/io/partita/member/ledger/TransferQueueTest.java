package io.partita.member.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.partita.ledger.Transfer;
import io.partita.money.Currency;
import io.partita.money.Money;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TransferQueueTest {

    private static final Currency EUR = Currency.of("EUR");

    private final AtomicLong now = new AtomicLong();
    private final TransferQueue queue = new TransferQueue(2_000);
    private final TransferQueue timed = new TransferQueue(2_000, now::get);

    @Test
    void what_arrives_while_a_lane_works_is_its_next_batch() throws InterruptedException {
        offer(1);
        List<TransferGroup> first = queue.take(100);
        assertThat(first).hasSize(1);
        offer(3);
        queue.done(first);
        assertThat(queue.take(100)).hasSize(3);
    }

    @Test
    void a_lane_waits_a_moment_for_most_of_those_whom_it_has_just_answered() {
        timed.offer(groups(40), 40);
        List<TransferGroup> first = timed.poll(100);
        timed.offer(groups(20), 20);
        timed.done(first);
        assertThat(timed.poll(100)).as("of 60 that are about, 20 are here").isEmpty();
        timed.offer(groups(24), 24);
        assertThat(timed.poll(100)).isEmpty();
        timed.offer(groups(1), 1);
        assertThat(timed.poll(100)).hasSize(45);
    }

    @Test
    void a_lane_waits_no_longer_than_a_moment_for_those_whom_it_has_just_answered() {
        timed.offer(groups(40), 40);
        timed.done(timed.poll(100));
        now.addAndGet(1_000_000);
        timed.offer(groups(1), 1);
        assertThat(timed.poll(100)).isEmpty();
        now.addAndGet(1_000_000);
        assertThat(timed.poll(100)).hasSize(1);
    }

    @Test
    void whoever_is_alone_never_waits() {
        for (int i = 0; i < 3; i++) {
            timed.offer(groups(1), 1);
            List<TransferGroup> taken = timed.poll(100);
            assertThat(taken).hasSize(1);
            timed.done(taken);
        }
    }

    @Test
    void a_second_lane_joins_in_when_much_waits() {
        timed.offer(groups(1), 1);
        timed.poll(100);
        timed.offer(groups(511), 511);
        assertThat(timed.poll(1_000)).as("too little for a commit of its own, and no time has passed").isEmpty();
        timed.offer(groups(1), 1);
        assertThat(timed.poll(1_000)).hasSize(512);
    }

    @Test
    void a_lane_that_is_stuck_does_not_hold_a_single_transfer_up() throws InterruptedException {
        offer(1);
        queue.take(100);
        offer(1);
        assertThat(queue.take(100)).hasSize(1);
    }

    @Test
    void a_queue_without_room_takes_nothing_of_a_call() {
        offer(1_999);
        assertThat(queue.offer(groups(2), 2)).isFalse();
        assertThat(queue.transfers()).isEqualTo(1_999);
    }

    @Test
    void closing_lets_the_lanes_finish_and_go() throws InterruptedException {
        offer(2);
        CompletableFuture<List<TransferGroup>> busy = new CompletableFuture<>();
        queue.close();
        List<TransferGroup> taken = queue.take(100);
        assertThat(taken).hasSize(2);
        queue.done(taken);
        Thread.ofVirtual().start(() -> {
            try {
                busy.complete(queue.take(100));
            } catch (InterruptedException e) {
                busy.completeExceptionally(e);
            }
        });
        await().atMost(Duration.ofSeconds(5)).until(busy::isDone);
        assertThat(busy.join()).isEmpty();
        assertThat(queue.offer(groups(1), 1)).isFalse();
    }

    private void offer(int count) {
        assertThat(queue.offer(groups(count), count)).isTrue();
    }

    private static List<TransferGroup> groups(int count) {
        Call call = new Call(count, System.nanoTime() + Duration.ofSeconds(60).toNanos());
        return IntStream.range(0, count).mapToObj(i -> new TransferGroup(call, i,
                List.of(Transfer.of(UUID.randomUUID(), 1, 2, Money.of(1, EUR))))).toList();
    }
}
