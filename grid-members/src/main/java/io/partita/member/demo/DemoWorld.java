package io.partita.member.demo;

import io.partita.ledger.Account;
import io.partita.ledger.AccountCommand;
import io.partita.ledger.LedgerGateway;
import io.partita.ledger.LedgerResult;
import io.partita.ledger.Reading;
import io.partita.ledger.Refusal;
import io.partita.ledger.Transfer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Books the demo bank's past into an empty ledger, and then keeps its business going, on a thread of its own. All ids of
 * the past follow from the seed: a start that was interrupted is repeated, and what was booked stays as it is. In a
 * cluster the oldest member does it.
 */
final class DemoWorld implements AutoCloseable {

    static final long SEED = 1494; // The year of Pacioli's Summa, the first book on double entry.

    private static final Logger LOG = LoggerFactory.getLogger(DemoWorld.class);
    private static final Duration TICK = Duration.ofMillis(250);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(60);
    private static final int CHUNK = 1_000;

    private final LedgerGateway ledger;
    private final DemoLedger journal;
    private final BooleanSupplier leading;
    private final InstantSource clock;
    private final long seed;
    private final Thread thread;
    private volatile DemoProgress progress = new DemoProgress(DemoProgress.State.WAITING, 0, DemoHistory.DAYS);

    /**
     * A world that has not been started.
     *
     * @param leading whether this member is the one that does it
     */
    DemoWorld(LedgerGateway ledger, DemoLedger journal, BooleanSupplier leading, InstantSource clock, long seed) {
        this.ledger = ledger;
        this.journal = journal;
        this.leading = leading;
        this.clock = clock;
        this.seed = seed;
        thread = Thread.ofVirtual().name("demo-world").unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    DemoProgress progress() {
        return progress;
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join(Duration.ofSeconds(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            DemoBank bank = DemoBank.of(seed);
            for (Duration pause = PAUSE; progress.state() != DemoProgress.State.ABSENT; pause = pause.multipliedBy(2)) {
                try {
                    live(bank);
                    pause = PAUSE;
                } catch (RuntimeException e) {
                    pause = pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
                    LOG.warn("The demo world stumbled and goes on in {} s", pause.toSeconds(), e);
                    Thread.sleep(pause);
                }
            }
        } catch (InterruptedException e) {
            LOG.debug("The demo world stops with the member");
            progress = new DemoProgress(DemoProgress.State.STOPPED, progress.done(), DemoHistory.DAYS);
        }
    }

    /** Loads what is not loaded, and carries on while this member leads. */
    private void live(DemoBank bank) throws InterruptedException {
        awaitLead();
        if (!journal.isEmptyOrOf(bank)) {
            LOG.info("The ledger has entries of its own: no demo world");
            progress = new DemoProgress(DemoProgress.State.ABSENT, 0, DemoHistory.DAYS);
            return;
        }
        if (!journal.hasTransfer(lastOfHistory())) {
            load(bank);
        }
        carryOn(bank);
    }

    private void awaitLead() throws InterruptedException {
        while (!leading.getAsBoolean()) {
            progress = new DemoProgress(DemoProgress.State.STANDBY, 0, DemoHistory.DAYS);
            Thread.sleep(PAUSE);
        }
    }

    /** The transfer that is booked when all the others are. */
    private UUID lastOfHistory() {
        return new DemoIds(seed, 2).next();
    }

    /** Books the past. */
    private void load(DemoBank bank) throws InterruptedException {
        Instant began = clock.instant();
        loading(0);
        LOG.info("Loading the demo world: {} accounts, {} days", bank.accounts().size(), DemoHistory.DAYS);
        for (List<Account> level : bank.levels()) {
            for (int from = 0; from < level.size(); from += CHUNK) {
                open(level.subList(from, Math.min(level.size(), from + CHUNK)));
            }
        }
        Map<Refusal, Integer> refused = new TreeMap<>();
        DemoHistory history = new DemoHistory(bank, seed, LocalDate.ofInstant(began, ZoneOffset.UTC));
        int transfers = 0;
        for (List<List<Transfer>> round = history.next(); !round.isEmpty() || history.day() < DemoHistory.DAYS; round = history.next()) {
            transfers += round.stream().mapToInt(List::size).sum();
            book(round, refused);
            if (history.day() != progress.done()) {
                loading(history.day());
                LOG.atLevel(history.day() % 15 == 0 ? Level.INFO : Level.DEBUG)
                        .log("Loading the demo world: day {} of {}", history.day(), DemoHistory.DAYS);
            }
        }
        book(List.of(List.of(Transfer.of(lastOfHistory(), Tender.EUR.own(Own.CASH), Tender.EUR.own(Own.NOSTRO_CLEARING),
                Tender.EUR.money(100_00)).withReference("Cash for the counters"))), refused);
        LOG.info("The demo world is loaded: {} transfers in {} ms, refused as they should be: {}", transfers,
                Duration.between(began, clock.instant()).toMillis(), refused);
    }

    private void loading(int day) {
        progress = new DemoProgress(DemoProgress.State.LOADING, day, DemoHistory.DAYS);
    }

    private void open(List<Account> accounts) throws InterruptedException {
        List<AccountCommand.Open> left = accounts.stream().map(AccountCommand::open).toList();
        while (!left.isEmpty()) {
            List<LedgerResult> results = await(ledger.submitAccounts(left));
            List<AccountCommand.Open> again = new ArrayList<>();
            for (int i = 0; i < left.size(); i++) {
                if (results.get(i) instanceof LedgerResult.Refused refused) {
                    if (!refused.code().retryable()) {
                        throw new IllegalStateException("Account " + left.get(i).account() + ": " + refused.code() + ", " + refused.detail());
                    }
                    again.add(left.get(i));
                }
            }
            left = again;
            pauseUnlessDone(left.isEmpty());
        }
    }

    /** Books a round; what the ledger cannot take now is sent again, what it refuses is counted. Answers with the refused. */
    private List<Transfer> book(List<List<Transfer>> round, Map<Refusal, Integer> counts) throws InterruptedException {
        List<Transfer> refused = new ArrayList<>();
        List<List<Transfer>> left = round;
        while (!left.isEmpty()) {
            List<LedgerResult> results = await(ledger.submit(left));
            List<List<Transfer>> again = new ArrayList<>();
            int at = 0;
            for (List<Transfer> group : left) {
                List<Refusal> codes = results.subList(at, at + group.size()).stream().filter(LedgerResult.Refused.class::isInstance)
                        .map(result -> ((LedgerResult.Refused) result).code()).toList();
                at += group.size();
                if (codes.stream().anyMatch(Refusal::retryable)) {
                    again.add(group);
                } else if (!codes.isEmpty()) {
                    codes.forEach(code -> counts.merge(code, 1, Integer::sum));
                    refused.addAll(group);
                }
            }
            left = again;
            pauseUnlessDone(left.isEmpty());
        }
        return refused;
    }

    private static void pauseUnlessDone(boolean done) throws InterruptedException {
        if (!done) {
            Thread.sleep(PAUSE);
        }
    }

    /** Keeps the business going for as long as this member leads. */
    private void carryOn(DemoBank bank) throws InterruptedException {
        Instant start = clock.instant();
        Teller teller = new Teller(new DemoIds(seed, start.toEpochMilli()));
        DemoStream stream = new DemoStream(bank, new SplittableRandom(seed ^ start.toEpochMilli()), teller, start);
        refresh(teller, spendable(bank));
        progress = new DemoProgress(DemoProgress.State.RUNNING, DemoHistory.DAYS, DemoHistory.DAYS);
        Map<Refusal, Integer> refused = new TreeMap<>();
        while (leading.getAsBoolean()) {
            List<Transfer> lost = book(stream.until(clock.instant()), refused);
            if (!lost.isEmpty()) {
                Set<Long> payers = new LinkedHashSet<>();
                lost.stream().map(Transfer::debitAccount).filter(account -> account != 0).forEach(payers::add);
                refresh(teller, List.copyOf(payers));
            }
            Thread.sleep(TICK);
        }
    }

    private static List<Long> spendable(DemoBank bank) {
        List<Long> accounts = new ArrayList<>();
        bank.merchants().forEach(merchant -> accounts.add(merchant.account()));
        for (DemoBank.Customer customer : bank.customers()) {
            accounts.add(customer.account());
            if (customer.second() != 0) {
                accounts.add(customer.second());
            }
        }
        return accounts;
    }

    /** Takes what accounts can spend from the ledger: others may have used them, or the member was away. */
    private void refresh(Teller teller, List<Long> accounts) throws InterruptedException {
        for (int from = 0; from < accounts.size(); from += CHUNK) {
            List<Long> chunk = accounts.subList(from, Math.min(accounts.size(), from + CHUNK));
            List<Reading> readings = await(ledger.read(chunk));
            for (int i = 0; i < chunk.size(); i++) {
                long account = chunk.get(i);
                readings.get(i).balance().filter(balance -> balance.maxNetDebit() != Long.MAX_VALUE)
                        .ifPresent(balance -> teller.know(account, balance.availableToDebit()));
            }
        }
    }

    private static <T> T await(CompletableFuture<T> future) throws InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("The ledger failed", e.getCause());
        }
    }
}
