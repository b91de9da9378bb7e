package io.partita.member.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.partita.ledger.Account;
import io.partita.ledger.Transfer;
import io.partita.ledger.TransferKind;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class DemoBankTest {

    private static final LocalDate TODAY = LocalDate.of(2026, 3, 1);

    private static List<List<List<Transfer>>> history(long seed) {
        DemoHistory history = new DemoHistory(DemoBank.of(seed), seed, TODAY);
        List<List<List<Transfer>>> rounds = new ArrayList<>();
        while (history.day() < DemoHistory.DAYS) {
            rounds.add(history.next());
        }
        assertThat(history.next()).isEmpty();
        return rounds;
    }

    @Test
    void the_same_seed_gives_the_same_world_and_another_seed_another() {
        assertThat(DemoBank.of(1)).isEqualTo(DemoBank.of(1)).isNotEqualTo(DemoBank.of(2));
        assertThat(history(1)).isEqualTo(history(1));
        assertThat(history(1).getFirst()).isNotEqualTo(history(2).getFirst());
    }

    @Test
    void accounts_are_a_tree_whose_parents_come_first_with_the_same_type_and_currency() {
        DemoBank bank = DemoBank.of(DemoWorld.SEED);
        Map<Long, Account> opened = new HashMap<>();
        for (List<Account> level : bank.levels()) {
            assertThat(level).allSatisfy(account -> {
                if (account.parent() != 0) {
                    assertThat(opened).containsKey(account.parent());
                    assertThat(opened.get(account.parent()).type()).isEqualTo(account.type());
                    assertThat(opened.get(account.parent()).currency()).isEqualTo(account.currency());
                }
            });
            level.forEach(account -> assertThat(opened.put(account.id(), account)).isNull());
        }
        assertThat(bank.customers()).hasSize(2_000).extracting(DemoBank.Customer::name).doesNotHaveDuplicates();
        assertThat(bank.merchants()).hasSize(150).extracting(DemoBank.Merchant::tender).contains(Tender.values());
        assertThat(opened.values()).allSatisfy(account -> assertThat(account.name()).hasSizeLessThanOrEqualTo(Account.MAX_NAME));
    }

    @Test
    void the_past_holds_some_of_everything_and_only_what_is_meant_to_be_refused_is_refused() {
        Twin twin = new Twin(DemoBank.of(DemoWorld.SEED));
        history(DemoWorld.SEED).forEach(twin::book);

        assertThat(twin.booked).isBetween(18_000, 32_000);
        assertThat(twin.kinds).containsKeys(TransferKind.POSTED, TransferKind.PENDING, TransferKind.POST_PENDING,
                TransferKind.VOID_PENDING, TransferKind.REVERSAL);
        assertThat(twin.refused).hasSizeBetween(100, 250)
                .allSatisfy(transfer -> assertThat(transfer.amount().minor()).isGreaterThan(1_000_000_000L));
        assertThat(twin.codes).contains(Purpose.SALARY.code(), Purpose.CARD.code(), Purpose.RENT.code(), Purpose.EXCHANGE.code(),
                Purpose.FEE.code(), Purpose.LOAN.code());
    }

    @Test
    void business_goes_on_at_some_twenty_transfers_a_second_and_hardly_any_is_refused() {
        DemoBank bank = DemoBank.of(DemoWorld.SEED);
        Twin twin = new Twin(bank);
        history(DemoWorld.SEED).forEach(twin::book);
        Instant start = Instant.parse("2026-03-01T06:00:00Z");
        Teller teller = new Teller(new DemoIds(DemoWorld.SEED, 3));
        twin.limited().forEach(account -> teller.know(account, twin.available(account)));
        DemoStream stream = new DemoStream(bank, new SplittableRandom(5), teller, start);
        int before = twin.booked;
        int refusedBefore = twin.refused.size();

        Instant now = start;
        Duration morning = Duration.ofHours(3);
        while (now.isBefore(start.plus(morning))) {
            now = now.plusSeconds(1);
            twin.book(stream.until(now));
        }

        assertThat((twin.booked - before) / (double) morning.toSeconds()).isBetween(15.0, 40.0);
        assertThat(twin.refused.size() - refusedBefore).isPositive().isLessThan((twin.booked - before) / 200);
    }

    @Test
    void noon_is_busier_than_night_and_a_long_pause_is_not_made_up_for() {
        Instant night = Instant.parse("2026-03-01T01:00:00Z");
        DemoBank bank = DemoBank.of(1);
        Teller teller = new Teller(new DemoIds(1, 1));
        bank.customers().forEach(customer -> teller.know(customer.account(), customer.income()));
        DemoStream stream = new DemoStream(bank, new SplittableRandom(1), teller, night);

        assertThat(stream.rate(night.plus(Duration.ofHours(12)))).isEqualTo(3 * stream.rate(night));
        assertThat(stream.until(night.plus(Duration.ofDays(3))).size()).isLessThan(300);
    }

    /** The ledger's rules for the demo world in the simplest form: checks each transfer against the start of its round. */
    private static final class Twin {

        private final Map<Long, Account> accounts = new HashMap<>();
        private final Map<Long, Long> net = new HashMap<>();
        private final Map<Long, Long> heldDebits = new HashMap<>();
        private final Map<Long, Long> heldCredits = new HashMap<>();
        private final Map<UUID, Transfer> pending = new HashMap<>();
        private final Map<UUID, Transfer> originals = new HashMap<>();
        private final Map<TransferKind, Integer> kinds = new HashMap<>();
        private final Set<Integer> codes = new HashSet<>();
        private final List<Transfer> refused = new ArrayList<>();
        private final Set<Long> touched = new HashSet<>();
        private int booked;

        Twin(DemoBank bank) {
            bank.accounts().forEach(account -> accounts.put(account.id(), account));
        }

        Set<Long> limited() {
            Set<Long> limited = new HashSet<>();
            accounts.values().stream().filter(account -> account.limits().limitsDebits()).forEach(account -> limited.add(account.id()));
            return limited;
        }

        long available(long account) {
            return accounts.get(account).limits().maxNetDebit() + net.getOrDefault(account, 0L) - heldDebits.getOrDefault(account, 0L);
        }

        void book(List<List<Transfer>> round) {
            // Credits of a round count from the next one on, as they may be booked later than the debits.
            List<Runnable> credits = new ArrayList<>();
            for (List<Transfer> group : round) {
                for (Transfer transfer : group) {
                    if (apply(transfer, credits)) {
                        booked++;
                        kinds.merge(transfer.kind(), 1, Integer::sum);
                        codes.add(transfer.code());
                    } else {
                        assertThat(group).hasSize(1);
                        refused.add(transfer);
                    }
                }
            }
            credits.forEach(Runnable::run);
            touched.forEach(account -> checkLimits(accounts.get(account)));
            touched.clear();
        }

        private boolean apply(Transfer transfer, List<Runnable> credits) {
            Transfer related = transfer.relatesTo() == null ? null : transfer.kind() == TransferKind.REVERSAL
                    ? originals.remove(transfer.relatesTo()) : pending.remove(transfer.relatesTo());
            assertThat(related == null).isEqualTo(transfer.relatesTo() == null);
            return switch (transfer.kind()) {
                case POSTED -> posted(transfer, credits);
                case PENDING -> {
                    boolean good = affords(transfer);
                    if (good) {
                        heldDebits.merge(transfer.debitAccount(), transfer.amount().minor(), Math::addExact);
                        heldCredits.merge(transfer.creditAccount(), transfer.amount().minor(), Math::addExact);
                        touched.addAll(List.of(transfer.debitAccount(), transfer.creditAccount()));
                        pending.put(transfer.id(), transfer);
                    }
                    yield good;
                }
                case POST_PENDING, VOID_PENDING -> {
                    long whole = related.amount().minor();
                    heldDebits.merge(related.debitAccount(), -whole, Math::addExact);
                    heldCredits.merge(related.creditAccount(), -whole, Math::addExact);
                    if (transfer.kind() == TransferKind.POST_PENDING) {
                        move(related.debitAccount(), related.creditAccount(),
                                transfer.amount() == null ? whole : transfer.amount().minor(), credits);
                    }
                    yield true;
                }
                case REVERSAL -> {
                    move(related.creditAccount(), related.debitAccount(), related.amount().minor(), credits);
                    yield true;
                }
                case EXPIRE_PENDING, ADJUSTMENT -> throw new AssertionError(transfer);
            };
        }

        private boolean posted(Transfer transfer, List<Runnable> credits) {
            boolean good = affords(transfer);
            if (good) {
                originals.put(transfer.id(), transfer);
                move(transfer.debitAccount(), transfer.creditAccount(), transfer.amount().minor(), credits);
            }
            return good;
        }

        private boolean affords(Transfer transfer) {
            Account debit = accounts.get(transfer.debitAccount());
            Account credit = accounts.get(transfer.creditAccount());
            assertThat(transfer.amount().currency()).isEqualTo(debit.currency()).isEqualTo(credit.currency());
            assertThat(transfer.amount().minor()).isPositive();
            assertThat(debit.id()).isNotEqualTo(credit.id());
            return !debit.limits().limitsDebits() || available(debit.id()) >= transfer.amount().minor();
        }

        private void move(long debit, long credit, long minor, List<Runnable> credits) {
            touched.addAll(List.of(debit, credit));
            net.merge(debit, -minor, Math::addExact);
            credits.add(() -> net.merge(credit, minor, Math::addExact));
        }

        private void checkLimits(Account account) {
            long credits = net.getOrDefault(account.id(), 0L);
            if (account.limits().limitsDebits()) {
                assertThat(heldDebits.getOrDefault(account.id(), 0L) - credits).isLessThanOrEqualTo(account.limits().maxNetDebit());
            }
            if (account.limits().limitsCredits()) {
                assertThat(heldCredits.getOrDefault(account.id(), 0L) + credits).isLessThanOrEqualTo(account.limits().maxNetCredit());
            }
        }
    }
}
