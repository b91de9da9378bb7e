package io.partita.member.simulation;

import io.partita.ledger.Account;
import io.partita.ledger.AccountCommand;
import io.partita.ledger.AccountStatus;
import io.partita.ledger.AccountType;
import io.partita.ledger.LedgerGateway.Consistency;
import io.partita.ledger.LedgerNames;
import io.partita.ledger.LedgerResult;
import io.partita.ledger.Limits;
import io.partita.ledger.Reading;
import io.partita.ledger.Refusal;
import io.partita.ledger.Transfer;
import io.partita.money.Currency;
import io.partita.money.Money;
import io.partita.member.ledger.SimulatedLedger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * A client beside one of the members. It repeats a request with the same id until it gets a last word, at any member, as
 * {@code HazelcastLedgerClient} and the users of REST do; sometimes it sends it twice at once.
 */
final class Client {

    private static final Currency EUR = Currency.of("EUR");
    private static final long LONGEST_PAUSE = 500 * World.MILLIS;

    private final Simulation simulation;
    private final World world;
    private final int number;
    private final Host host;
    private final long[] seen = new long[LedgerNames.SHARD_COUNT];
    private final List<UUID> pendings = new ArrayList<>();
    private final List<UUID> booked = new ArrayList<>();
    /** An account that this client has frozen and will open again; 0 for none. */
    private long frozen;
    private boolean finished;

    Client(Simulation simulation, int number) {
        this.simulation = simulation;
        this.world = simulation.world;
        this.number = number;
        this.host = new Host(number % simulation.plan.members());
    }

    void start() {
        world.start(host, this::run);
    }

    boolean finished() {
        return finished;
    }

    private void run() {
        long pace = simulation.plan.millis() * World.MILLIS / simulation.plan.requests();
        for (int i = 0; i < simulation.plan.requests(); i++) {
            world.pause(world.between(0, pace));
            if (world.chance(0.2)) {
                read();
            } else if (world.chance(0.15)) {
                command(nextCommand());
            } else {
                book(next());
            }
        }
        finished = true;
    }

    // ---- what to ask for -------------------------------------------------------------------------------------------------

    private List<Transfer> next() {
        int what = world.below(10);
        if (what < 2) {
            List<Transfer> legs = new ArrayList<>();
            for (int count = 2 + world.below(2); count > 0; count--) {
                legs.add(simple());
            }
            return legs;
        }
        if (what == 2 && !pendings.isEmpty()) {
            UUID pending = pendings.remove(world.below(pendings.size()));
            return List.of(world.chance(0.6) ? Transfer.postPending(id(), pending, null) : Transfer.voidPending(id(), pending));
        }
        if (what == 3) {
            Instant expiry = world.chance(0.5) ? null
                    : Instant.ofEpochSecond(1_800_000_000L, world.now()).plusMillis(world.between(500, 5_000));
            return List.of(Transfer.pending(id(), account(), simulation.bank(), amount(), expiry));
        }
        if (what == 4 && !booked.isEmpty()) {
            return List.of(Transfer.reversal(id(), booked.get(world.below(booked.size()))));
        }
        return List.of(simple());
    }

    private Transfer simple() {
        long debit = world.chance(0.45) ? simulation.bank() : account();
        long credit = account();
        while (credit == debit) {
            credit = world.chance(0.3) ? simulation.bank() : account();
        }
        return Transfer.of(id(), debit, credit, amount());
    }

    private long account() {
        // The first account is everybody's.
        return simulation.account(world.chance(0.5) ? 0 : world.below(simulation.accounts() + (world.chance(0.2) ? simulation.laterAccounts() : 0)));
    }

    private AccountCommand nextCommand() {
        if (frozen != 0) {
            long account = frozen;
            frozen = 0;
            return new AccountCommand.ChangeStatus(id(), account, AccountStatus.OPEN);
        }
        int later = simulation.accounts() + world.below(simulation.laterAccounts());
        return switch (world.below(6)) {
            case 0, 1 -> open(later);
            case 2 -> new AccountCommand.ChangeStatus(id(), simulation.account(later), AccountStatus.CLOSED);
            case 3 -> {
                frozen = account();
                yield new AccountCommand.ChangeStatus(id(), frozen, AccountStatus.FROZEN);
            }
            default -> new AccountCommand.ChangeLimits(id(), account(), world.chance(0.5) ? Limits.DEBITS_MUST_NOT_EXCEED_CREDITS
                    : Limits.overdraft(world.below(50)));
        };
    }

    /** Clients may open the same account: under the id that follows from the account, or each under one of their own. */
    private AccountCommand open(int index) {
        long parent = world.chance(0.3) ? simulation.account(world.below(index)) : 0;
        Account details = Account.of(simulation.account(index), "Account " + index, AccountType.LIABILITY, EUR).withParent(parent)
                .withLimits(Limits.DEBITS_MUST_NOT_EXCEED_CREDITS);
        return world.chance(0.7) && parent == 0 ? AccountCommand.open(details) : new AccountCommand.Open(id(), details);
    }

    private Money amount() {
        return Money.of(world.between(1, 60), EUR);
    }

    private UUID id() {
        return new UUID(world.number(), world.number());
    }

    // ---- booking -----------------------------------------------------------------------------------------------------------

    private void book(List<Transfer> transfers) {
        History.Request request = new History.Request(number, transfers);
        simulation.history.requests.add(request);
        long pause = 10 * World.MILLIS;
        while (request.outcome == null) {
            List<LedgerResult> answer = attempt(request);
            world.note(() -> "client " + number + " asked for " + request.transfers + ", is told " + answer);
            if (answer != null && answer.stream().noneMatch(Client::open)) {
                request.outcome = answer;
            } else {
                world.pause(pause);
                pause = Math.min(pause * 2, LONGEST_PAUSE);
            }
        }
        if (request.booked()) {
            learn(request);
        }
    }

    private List<LedgerResult> attempt(History.Request request) {
        if (world.chance(0.05)) {
            send(request, world.below(simulation.plan.members()));
        }
        int member = world.chance(0.5) ? host.node : world.below(simulation.plan.members());
        try {
            List<LedgerResult> answer = world.await(send(request, member), world.between(2, 14) * World.SECONDS);
            request.unknown |= answer.stream().anyMatch(result -> result instanceof LedgerResult.Refused refused && refused.code() == Refusal.OUTCOME_UNKNOWN);
            return answer;
        } catch (CompletionException noAnswer) {
            request.unknown = true;
            return null;
        }
    }

    private CompletableFuture<List<LedgerResult>> send(History.Request request, int member) {
        CompletableFuture<List<LedgerResult>> answer = new CompletableFuture<>();
        Host target = simulation.host(member);
        request.sent++;
        simulation.network.send(host.node, target, () -> {
            SimulatedLedger ledger = simulation.ledger(member);
            ledger.submit(List.of(request.transfers)).thenAccept(results -> simulation.network.send(member, host, () -> {
                request.answers.add(results);
                answer.complete(results);
            }));
        });
        return answer;
    }

    private static boolean open(LedgerResult result) {
        return result instanceof LedgerResult.Refused refused && refused.code().retryable();
    }

    private void learn(History.Request request) {
        for (int i = 0; i < request.transfers.size(); i++) {
            Transfer transfer = request.transfers.get(i);
            LedgerResult.Booked result = (LedgerResult.Booked) request.outcome.get(i);
            switch (transfer.kind()) {
                case PENDING -> pendings.add(transfer.id());
                case POSTED -> booked.add(transfer.id());
                default -> { }
            }
            if (transfer.debitAccount() != 0 && transfer.creditAccount() != 0) {
                see(transfer.debitAccount(), result.debitSequence());
                see(transfer.creditAccount(), result.creditSequence());
            }
        }
    }

    private boolean see(long account, long sequence) {
        int shard = LedgerNames.shardOf(account);
        boolean newer = sequence >= seen[shard];
        seen[shard] = Math.max(seen[shard], sequence);
        return newer;
    }

    // ---- accounts ----------------------------------------------------------------------------------------------------------

    private void command(AccountCommand command) {
        History.Order order = new History.Order(command);
        simulation.history.orders.add(order);
        long pause = 10 * World.MILLIS;
        while (order.outcome == null) {
            LedgerResult answer = attempt(order);
            world.note(() -> "client " + number + " asked for " + command + ", is told " + answer);
            if (answer != null && !open(answer)) {
                order.outcome = answer;
            } else {
                world.pause(pause);
                pause = Math.min(pause * 2, LONGEST_PAUSE);
            }
        }
        if (order.outcome instanceof LedgerResult.Booked booked) {
            see(command.account(), booked.debitSequence());
        }
    }

    private LedgerResult attempt(History.Order order) {
        if (world.chance(0.1)) {
            send(order, world.below(simulation.plan.members()));
        }
        int member = world.chance(0.5) ? host.node : world.below(simulation.plan.members());
        try {
            return world.await(send(order, member), world.between(2, 14) * World.SECONDS);
        } catch (CompletionException noAnswer) {
            return null;
        }
    }

    private CompletableFuture<LedgerResult> send(History.Order order, int member) {
        CompletableFuture<LedgerResult> answer = new CompletableFuture<>();
        order.sent++;
        simulation.network.send(host.node, simulation.host(member), () -> simulation.ledger(member).submitAccounts(List.of(order.command))
                .thenAccept(results -> simulation.network.send(member, host, () -> {
                    order.answers.add(results.getFirst());
                    answer.complete(results.getFirst());
                })));
        return answer;
    }

    // ---- reading -----------------------------------------------------------------------------------------------------------

    /** Asks until an answer is current and not older than what was seen. */
    private void read() {
        long account = world.chance(0.3) ? simulation.bank() : account();
        Consistency consistency = world.chance(0.3) ? Consistency.STRONG : Consistency.values()[0];
        long pause = 10 * World.MILLIS;
        for (boolean accepted = false; !accepted; ) {
            long before = seen[LedgerNames.shardOf(account)];
            Reading reading = ask(account, consistency);
            world.note(() -> "client " + number + " wants to know account " + account + ", saw sequence " + before + ", is told " + reading);
            if (reading != null) {
                accepted = !reading.stale() && see(account, reading.sequence());
                simulation.history.looks.add(new History.Look(number, account, reading, before, accepted));
            }
            if (!accepted) {
                world.pause(pause);
                pause = Math.min(pause * 2, LONGEST_PAUSE);
            }
        }
    }

    private Reading ask(long account, Consistency consistency) {
        int member = world.below(simulation.plan.members());
        CompletableFuture<Reading> answer = new CompletableFuture<>();
        Host target = simulation.host(member);
        simulation.network.send(host.node, target, () -> {
            CompletableFuture<Reading> found = new CompletableFuture<>();
            found.whenComplete((reading, failure) -> simulation.network.send(member, host, () -> {
                if (failure == null) {
                    answer.complete(reading);
                } else {
                    answer.completeExceptionally(failure);
                }
            }));
            simulation.ledger(member).read(account, consistency, found);
        });
        try {
            return world.await(answer, 5 * World.SECONDS);
        } catch (CompletionException noAnswer) {
            return null;
        }
    }
}
