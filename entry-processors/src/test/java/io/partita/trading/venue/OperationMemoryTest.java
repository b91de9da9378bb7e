package io.partita.trading.venue;

import static org.assertj.core.api.Assertions.assertThat;

import io.partita.trading.venue.OperationMemory.Outcome;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class OperationMemoryTest {

    @Test
    void knows_the_operations_that_a_linked_map_knows() throws IOException {
        SplittableRandom random = new SplittableRandom(7);
        OperationMemory memory = new OperationMemory();
        Map<List<Long>, Outcome> naive = new LinkedHashMap<>();
        for (int i = 0; i < 3 * OperationMemory.CAPACITY; i++) {
            // Few accounts with dense ids, and some ids that are wide apart.
            long account = random.nextInt(8);
            long id = random.nextInt(4) == 0 ? random.nextLong() : random.nextInt(200_000);
            Outcome known = naive.get(List.of(account, id));
            assertThat(memory.find(account, id)).isEqualTo(known);
            if (known == null) {
                Outcome outcome = new Outcome(random.nextLong(), i, random.nextInt(5));
                memory.add(account, id, outcome);
                naive.put(List.of(account, id), outcome);
                if (naive.size() > OperationMemory.CAPACITY) {
                    naive.remove(naive.keySet().iterator().next());
                }
            }
            if (i % 60_000 == 0) {
                memory = copied(memory);
            }
        }
        OperationMemory all = memory;
        assertThat(naive).hasSize(OperationMemory.CAPACITY);
        naive.forEach((operation, outcome) -> assertThat(all.find(operation.getFirst(), operation.getLast())).isEqualTo(outcome));
    }

    private static OperationMemory copied(OperationMemory memory) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        memory.write(new DataOutputStream(bytes));
        OperationMemory copy = new OperationMemory();
        copy.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
        return copy;
    }
}
