package io.partita.ledger.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.partita.ledger.Account;
import io.partita.ledger.AccountCommand;
import io.partita.ledger.AccountStatus;
import io.partita.ledger.AccountType;
import io.partita.ledger.Limits;
import io.partita.ledger.Transfer;
import io.partita.ledger.TransferKind;
import io.partita.money.Currency;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class JournalEntryTest {

    private static final Currency[] CURRENCIES = {Currency.of("EUR"), Currency.of("USD"), Currency.of("XBT")};
    private static final String[] TEXTS = {"", "a", "ab", "b", "aa", "ä", "\u00e9", "e\u0301", "\ud83d\ude00", "a\u0000", "\u0000a"};

    @Test
    void entries_have_one_encoding_and_different_ones_have_different_encodings() {
        Random random = new Random(1);
        Map<String, JournalEntry> byEncoding = new HashMap<>();
        for (int i = 0; i < 60_000; i++) {
            JournalEntry entry = entry(random);
            byte[] encoded = entry.encoded();
            assertThat(encoded.length).isLessThan(JournalEntry.MAX_ENCODED);
            JournalEntry same = byEncoding.put(HexFormat.of().formatHex(encoded), entry);
            assertThat(same == null || same.equals(entry)).as("%s and %s", same, entry).isTrue();
            assertThat(entry.encoded()).isEqualTo(encoded);
        }
    }

    @Test
    void equal_entries_that_were_made_differently_have_one_encoding() {
        List<String> keys = new ArrayList<>(IntStream.range(0, Account.MAX_METADATA).mapToObj(i -> "key" + i).toList());
        byte[] first = null;
        for (int seed = 0; seed < 20; seed++) {
            Collections.shuffle(keys, new Random(seed));
            Map<String, String> facts = new LinkedHashMap<>();
            keys.forEach(key -> facts.put(key, "value of " + key));
            byte[] encoded = opened(Account.of(1, "One", AccountType.ASSET, CURRENCIES[0]).withMetadata(facts)).encoded();
            first = first == null ? encoded : first;
            assertThat(encoded).isEqualTo(first);
        }
    }

    @Test
    void the_largest_entries_fit_the_bound() {
        String widest = "\u20ac";
        Map<String, String> facts = new HashMap<>();
        for (int i = 0; i < Account.MAX_METADATA; i++) {
            facts.put(widest.repeat(31) + (char) ('a' + i), widest.repeat(256));
        }
        JournalEntry account = opened(new Account(Long.MAX_VALUE, widest.repeat(Account.MAX_NAME), AccountType.ASSET, CURRENCIES[0], 1, Limits.NONE,
                AccountStatus.OPEN, widest.repeat(Account.MAX_REFERENCE), facts));
        assertThat(account.encoded().length).isLessThan(JournalEntry.MAX_ENCODED);
        JournalEntry booking = new JournalEntry.Booking(new UUID(1, 1), 1, 1, TransferKind.POSTED, 1, 2, 3, 0, CURRENCIES[0], null, 0, 0,
                widest.repeat(Transfer.MAX_REFERENCE), 0, 0, 0, 0);
        assertThat(booking.encoded().length).isLessThan(JournalEntry.MAX_ENCODED);
        JournalEntry seal = new JournalEntry.Seal(1, 10_000, 1, 1, 1, "member:5701",
                IntStream.range(0, 256).mapToObj(shard -> new JournalEntry.ShardRange(shard, Long.MAX_VALUE, Integer.MAX_VALUE)).toList());
        assertThat(seal.encoded().length).isLessThan(JournalEntry.MAX_ENCODED);
    }

    @Test
    void a_change_of_any_field_of_a_booking_changes_its_encoding() {
        Random random = new Random(2);
        for (int i = 0; i < 2_000; i++) {
            // Few values for each field, so that entries often differ in one alone.
            JournalEntry one = booking(random);
            JournalEntry other = booking(random);
            assertThat(java.util.Arrays.equals(one.encoded(), other.encoded())).isEqualTo(one.equals(other));
        }
    }

    private static JournalEntry entry(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> booking(random);
            case 1 -> new JournalEntry.Seal(few(random), random.nextInt(2), few(random), few(random), few(random), text(random),
                    IntStream.range(0, random.nextInt(3)).mapToObj(i -> new JournalEntry.ShardRange(random.nextInt(2), few(random), random.nextInt(2))).toList());
            default -> new JournalEntry.AccountChange(few(random), random.nextInt(2), random.nextInt(2), command(random));
        };
    }

    private static JournalEntry booking(Random random) {
        return new JournalEntry.Booking(id(random), few(random), random.nextInt(2), TransferKind.values()[random.nextInt(7)], few(random), few(random),
                few(random), few(random), currency(random), random.nextBoolean() ? null : id(random), random.nextInt(2), random.nextInt(2), text(random),
                random.nextBoolean() ? JournalEntry.NO_DATE : random.nextInt(2), random.nextBoolean() ? JournalEntry.NO_TIME : few(random),
                random.nextInt(2), random.nextInt(2));
    }

    private static AccountCommand command(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> new AccountCommand.ChangeLimits(id(random), few(random), limits(random));
            case 1 -> new AccountCommand.ChangeStatus(id(random), few(random), AccountStatus.values()[random.nextInt(3)]);
            default -> {
                Map<String, String> facts = new HashMap<>();
                for (int count = random.nextInt(3); count > 0; count--) {
                    facts.put(text(random), text(random));
                }
                yield new AccountCommand.Open(id(random), new Account(few(random), text(random), AccountType.values()[random.nextInt(5)], currency(random),
                        few(random), limits(random), AccountStatus.values()[random.nextInt(3)], text(random), facts));
            }
        };
    }

    private static JournalEntry opened(Account account) {
        return new JournalEntry.AccountChange(1, 2, 3, AccountCommand.open(account));
    }

    private static UUID id(Random random) {
        return new UUID(random.nextInt(2), 1 + random.nextInt(2));
    }

    private static long few(Random random) {
        return random.nextInt(8) == 0 ? random.nextLong() : random.nextInt(3);
    }

    private static String text(Random random) {
        return TEXTS[random.nextInt(TEXTS.length)];
    }

    private static Currency currency(Random random) {
        return CURRENCIES[random.nextInt(CURRENCIES.length)];
    }

    private static Limits limits(Random random) {
        return new Limits(random.nextInt(2), random.nextBoolean() ? Long.MAX_VALUE : 0);
    }
}
