package io.partita.trading;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordRingTest {

    private static final int MOST_RECORDS = 128;
    private static final int MOST_BYTES = 4_096;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void keeps_what_a_queue_of_arrays_keeps_and_forgets_what_it_forgets(long seed) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        RecordRing ring = new RecordRing(MOST_RECORDS, MOST_BYTES);
        ArrayDeque<byte[]> naive = new ArrayDeque<>();
        for (int i = 1; i <= 5_000; i++) {
            byte[] record = new byte[random.nextInt(100) == 0 ? 10_000 : random.nextInt(random.nextInt(1, 200))];
            random.nextBytes(record);
            ring.add(Arrays.copyOf(record, record.length + 5), record.length);
            while (naive.size() == MOST_RECORDS || !naive.isEmpty() && bytes(naive) + record.length > MOST_BYTES) {
                naive.poll();
            }
            naive.add(record);
            assertThat(ring.last()).isEqualTo(i);
            assertThat(ring.first()).isEqualTo(i - naive.size() + 1);
            if (random.nextInt(50) == 0) {
                ring = copied(ring);
            }
            requireSame(ring, List.copyOf(naive), random);
        }
    }

    private static int bytes(ArrayDeque<byte[]> records) {
        return records.stream().mapToInt(record -> record.length).sum();
    }

    private static void requireSame(RecordRing ring, List<byte[]> naive, SplittableRandom random) {
        int from = random.nextInt(naive.size());
        int to = random.nextInt(from, naive.size());
        ByteArrayOutputStream expected = new ByteArrayOutputStream();
        naive.subList(from, to + 1).forEach(expected::writeBytes);
        byte[] found = new byte[ring.length(ring.first() + from, ring.first() + to) + 3];
        assertThat(ring.copy(ring.first() + from, ring.first() + to, found, 3)).isEqualTo(found.length);
        assertThat(Arrays.copyOfRange(found, 3, found.length)).isEqualTo(expected.toByteArray());
    }

    private static RecordRing copied(RecordRing ring) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ring.write(new DataOutputStream(bytes));
        RecordRing copy = new RecordRing(MOST_RECORDS, MOST_BYTES);
        copy.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
        return copy;
    }
}
