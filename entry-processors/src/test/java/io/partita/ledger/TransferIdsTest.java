package io.partita.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class TransferIdsTest {

    @Test
    void ids_of_many_threads_are_all_different_and_rise_on_each() throws Exception {
        int threads = 8;
        CountDownLatch start = new CountDownLatch(threads);
        List<Future<List<UUID>>> running = new ArrayList<>();
        try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
            for (int thread = 0; thread < threads; thread++) {
                running.add(executor.submit(() -> {
                    List<UUID> ids = new ArrayList<>();
                    start.countDown();
                    start.await();
                    for (int i = 0; i < 25_000; i++) {
                        ids.add(TransferIds.next());
                    }
                    return ids;
                }));
            }
        }
        Set<UUID> all = new HashSet<>();
        for (Future<List<UUID>> done : running) {
            assertThat(done.get()).isSorted();
            all.addAll(done.get());
        }
        assertThat(all).hasSize(threads * 25_000);
    }

    @Test
    void an_id_is_a_uuid_of_version_7_with_the_present_time_in_front() {
        long before = System.currentTimeMillis();
        UUID id = TransferIds.next();
        assertThat(id.version()).isEqualTo(7);
        assertThat(id.variant()).isEqualTo(2);
        // The counter may have run ahead of the clock.
        assertThat(id.getMostSignificantBits() >>> 16).isBetween(before, before + 60_000);
    }
}
