package io.partita.ledger.shard;

import static org.assertj.core.api.Assertions.assertThat;

import io.partita.ledger.AccountStatus;
import io.partita.ledger.AccountType;
import io.partita.ledger.LedgerNames;
import io.partita.ledger.Limits;
import io.partita.money.Currency;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Random;
import java.util.function.LongUnaryOperator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class AccountTableTest {

    private static final int SHARD = 77;
    private static final int COUNT = 4_000;

    @Test
    void ids_of_any_usual_pattern_lie_close_to_their_place() {
        Random random = new Random(1);
        LongUnaryOperator[] patterns = {i -> i, i -> i * 256, i -> i * 1_000, i -> i << 32, i -> 1_000_000_000_000L + 7 * i,
            i -> Long.MAX_VALUE - i, i -> i % 1_000 * 10_000_000_000L + i / 1_000, i -> random.nextLong() >>> 1};
        for (LongUnaryOperator pattern : patterns) {
            long[] ids = LongStream.iterate(1, i -> i + 1).map(pattern).filter(id -> LedgerNames.shardOf(id) == SHARD)
                    .distinct().limit(COUNT).toArray();
            // Linear probing at this load of a half takes 1.5 looks on average (Knuth 6.4).
            assertThat(meanProbes(ids, 8192)).isBetween(1.0, 2.0);
        }
    }

    /** How many slots a search looks at, on average, in a table like {@link AccountTable}'s. */
    private static double meanProbes(long[] ids, int length) {
        boolean[] taken = new boolean[length];
        long probes = 0;
        for (long id : ids) {
            int slot = (int) (LedgerNames.mix(id) >>> 8) & length - 1;
            probes++;
            while (taken[slot]) {
                slot = slot + 1 & length - 1;
                probes++;
            }
            taken[slot] = true;
        }
        return (double) probes / ids.length;
    }

    @Test
    void every_account_is_found_and_no_other_also_after_writing_and_reading() throws IOException {
        Random random = new Random(2);
        long[] ids = random.longs(COUNT).distinct().toArray();
        assertFound(ids, table(ids));
        assertFound(ids, reread(table(ids)));
        for (int size : new int[] {0, 1, 15, 16, 17, 19, 20}) {
            long[] few = random.longs(size).distinct().toArray();
            assertFound(few, reread(table(few)));
        }
    }

    @Test
    void ids_made_to_collide_are_found_all_the_same() {
        // The mix is a bijection, so anyone can work out ids that share a shard and a slot. That costs time, never truth.
        long[] ids = LongStream.range(0, 2_000).map(i -> unmix(i << 40 | 0x1234 << 8 | SHARD)).toArray();
        assertThat(LongStream.of(ids).map(LedgerNames::shardOf)).containsOnly((long) SHARD);
        assertFound(ids, table(ids));
    }

    private static void assertFound(long[] ids, AccountTable table) {
        assertThat(table.size()).isEqualTo(ids.length);
        for (int row = 0; row < ids.length; row++) {
            assertThat(table.find(ids[row])).isEqualTo(row);
            assertThat(table.id(row)).isEqualTo(ids[row]);
            assertThat(table.find(ids[row] ^ 1L << 50)).isEqualTo(-1);
        }
    }

    private static AccountTable table(long... ids) {
        AccountTable table = new AccountTable();
        for (long id : ids) {
            table.add(id, AccountType.ASSET, Currency.of("EUR"), 0, Limits.NONE, AccountStatus.OPEN);
        }
        return table;
    }

    private static AccountTable reread(AccountTable table) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        table.write(new DataOutputStream(bytes));
        AccountTable read = AccountTable.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
        // One more account has room.
        read.add(42, AccountType.ASSET, Currency.of("EUR"), 0, Limits.NONE, AccountStatus.OPEN);
        assertThat(read.find(42)).isEqualTo(table.size());
        return AccountTable.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
    }

    /** The inverse of {@link LedgerNames#mix}. */
    private static long unmix(long mixed) {
        long z = mixed ^ mixed >>> 31 ^ mixed >>> 62;
        z *= 0x319642B2D24D8EC3L;
        z = z ^ z >>> 27 ^ z >>> 54;
        z *= 0x96DE1B173F119089L;
        z = z ^ z >>> 30 ^ z >>> 60;
        return z - 0x9E3779B97F4A7C15L;
    }
}
