package io.partita.ledger.shard;

import static org.assertj.core.api.Assertions.assertThat;

import io.partita.ledger.Account;
import io.partita.ledger.AccountCommand;
import io.partita.ledger.AccountType;
import io.partita.ledger.LedgerNames;
import io.partita.money.Currency;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShardMemoryTest {

    private static final int ACCOUNTS = 1_000_000;
    private static final long MEBIBYTE = 1 << 20;

    @Test
    void a_million_accounts_take_less_than_250_mebibytes_also_after_a_migration() {
        long before = used();
        Shard[] shards = new Shard[LedgerNames.SHARD_COUNT];
        for (int number = 0; number < shards.length; number++) {
            shards[number] = new Shard(number);
        }
        openAll(shards);
        assertThat((used() - before) / MEBIBYTE).isLessThan(250);
        for (int number = 0; number < shards.length; number++) {
            shards[number] = Shard.decode(shards[number].encoded());
        }
        assertThat((used() - before) / MEBIBYTE).isLessThan(250);
        Reference.reachabilityFence(shards);
    }

    private static void openAll(Shard[] shards) {
        Currency euro = Currency.of("EUR");
        long[] sequence = new long[shards.length];
        for (long from = 1; from <= ACCOUNTS; from += 100_000) {
            List<List<AccountCommand>> openings = new ArrayList<>();
            for (int number = 0; number < shards.length; number++) {
                openings.add(new ArrayList<>());
            }
            for (long id = from; id < from + 100_000; id++) {
                openings.get(LedgerNames.shardOf(id)).add(AccountCommand.open(Account.of(id, "A", AccountType.LIABILITY, euro)));
            }
            for (int number = 0; number < shards.length; number++) {
                shards[number].apply(new ShardUpdate(sequence[number] + 1, from, 0, null, openings.get(number)));
                sequence[number] += openings.get(number).size();
            }
        }
    }

    /** The live heap: the least that is seen over some collections. */
    private static long used() {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 4; i++) {
            System.gc();
            least = Math.min(least, Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory());
        }
        return least;
    }
}
