package io.partita.member.drill.check;

import io.partita.member.drill.check.Linearizability.Effect;
import io.partita.member.drill.check.Linearizability.Move;
import io.partita.member.drill.check.Linearizability.NoFunds;
import io.partita.member.drill.check.Linearizability.Saw;
import io.partita.member.drill.check.Linearizability.Step;
import io.partita.member.drill.history.Answer;
import io.partita.member.drill.history.Call;
import io.partita.member.drill.history.Histories;
import io.partita.member.drill.history.Movement;
import io.partita.member.drill.history.Operation;
import io.partita.member.drill.history.Outcome;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * The histories of single accounts, made of the calls that touch them, and the search for an order that explains each. All attempts of one id
 * are one operation: it takes effect once, after the first began and before the first that was acknowledged ended.
 *
 * <p>Reads count only when they asked the journal: what the grid answers may be old, within what the rule about sequences allows. A refusal
 * for want of funds is held against the balance only if no other debit was under way that may have reserved it.
 */
final class AccountHistories {

    private static final int BOUND = 2_000_000;

    private final Rule rule;
    private final Set<Long> wanted;
    private final Map<Long, List<Step>> reads = new HashMap<>();
    private final Map<Long, Map<UUID, Attempts>> moves = new HashMap<>();
    /** Accounts that something else than single transfers touched. */
    private final Set<Long> unsuitable = new HashSet<>();
    private long origin;

    /** All attempts of one transfer. */
    private static final class Attempts {
        final Movement movement;
        long began = Long.MAX_VALUE;
        long acknowledged = Long.MAX_VALUE;
        long refused = Long.MIN_VALUE;
        long ended = Long.MIN_VALUE;
        boolean unknown;
        String code = "";
        String label;

        Attempts(Movement movement) {
            this.movement = movement;
        }
    }

    AccountHistories(Rule rule, Set<Long> wanted) {
        this.rule = rule;
        this.wanted = wanted;
    }

    void check(Histories histories, Map<Long, Fold.Account> accounts) {
        origin = histories.origin();
        histories.forEach(this::call);
        for (long account : wanted) {
            if (accounts.containsKey(account)) {
                if (unsuitable.contains(account)) {
                    rule.count("accounts left out: not only single transfers", 1);
                } else {
                    search(account, accounts.get(account));
                }
            }
        }
    }

    private void call(Call call) {
        if (call.operation() == Operation.STRONG_READ && wanted.contains(call.invocation().account())) {
            call.reading().filter(answer -> answer.outcome() == Outcome.OK && !answer.balance().stale()).ifPresent(answer -> read(call, answer));
        }
        for (int i = 0; i < call.movements().size(); i++) {
            Movement movement = call.movements().get(i);
            touch(movement.debit(), call, i);
            touch(movement.credit(), call, i);
        }
    }

    private void read(Call call, Answer answer) {
        Answer.Balance balance = answer.balance();
        reads.computeIfAbsent(call.invocation().account(), id -> new ArrayList<>()).add(new Step(call.began(), call.ended(),
                new Saw(balance.debitsPosted(), balance.creditsPosted()), call.lines(origin).getFirst()));
    }

    private void touch(long account, Call call, int place) {
        if (!wanted.contains(account)) {
            return;
        }
        Movement movement = call.movements().get(place);
        if (movement.kind() != Movement.POSTED || call.operation() == Operation.LINKED) {
            unsuitable.add(account);
            return;
        }
        Attempts attempts = moves.computeIfAbsent(account, id -> new LinkedHashMap<>()).computeIfAbsent(movement.id(), id -> new Attempts(movement));
        Answer answer = call.answer(place);
        attempts.began = Math.min(attempts.began, call.began());
        attempts.ended = Math.max(attempts.ended, answer.outcome() == Outcome.UNKNOWN ? Long.MAX_VALUE : call.ended());
        if (attempts.label == null || answer.outcome() == Outcome.OK) {
            attempts.label = call.lines(origin).get(place);
        }
        switch (answer.outcome()) {
            case OK -> attempts.acknowledged = Math.min(attempts.acknowledged, call.ended());
            case UNKNOWN -> attempts.unknown = true;
            case REFUSED -> {
                if (!Outcome.passing(answer.code())) {
                    attempts.refused = Math.max(attempts.refused, call.ended());
                    attempts.code = answer.code();
                }
            }
        }
    }

    private void search(long account, Fold.Account known) {
        List<Step> steps = steps(account);
        Linearizability.Result result = Linearizability.search(steps, known.maxNetDebit().longValueExact(), BOUND);
        rule.count("accounts searched", 1);
        rule.count("operations", steps.size());
        rule.count("configurations", result.configurations());
        switch (result.verdict()) {
            case LINEARIZABLE -> { }
            case UNDECIDED -> rule.count("accounts left undecided: too many orders", 1);
            case NOT_LINEARIZABLE -> {
                Rule.Suspicion suspicion = Rule.Suspicion.of("no order of the operations on account %d explains: %s".formatted(account,
                        result.at().label())).withAccount(account, Long.MAX_VALUE);
                for (Step open : result.open()) {
                    suspicion = suspicion.with("under way", open.label());
                }
                for (Step before : lastBefore(steps, result.at().ended())) {
                    suspicion = suspicion.with("ended before", before.label());
                }
                rule.violated(suspicion);
            }
        }
    }

    private static List<Step> lastBefore(List<Step> steps, long nanos) {
        List<Step> ended = steps.stream().filter(step -> step.ended() < nanos).sorted(Comparator.comparingLong(Step::ended)).toList();
        return ended.subList(Math.max(0, ended.size() - 8), ended.size());
    }

    private List<Step> steps(long account) {
        List<Step> steps = new ArrayList<>(reads.getOrDefault(account, List.of()));
        Map<UUID, Attempts> all = moves.getOrDefault(account, Map.of());
        for (Attempts attempts : all.values()) {
            boolean debits = attempts.movement.debit() == account;
            Effect move = new Move(debits ? attempts.movement.amount() : 0, debits ? 0 : attempts.movement.amount());
            if (attempts.acknowledged != Long.MAX_VALUE) {
                steps.add(new Step(attempts.began, attempts.acknowledged, move, attempts.label));
            } else if (attempts.unknown) {
                // A refusal speaks for its own attempt: one that is still on its way may be carried out after it.
                steps.add(new Step(attempts.began, Long.MAX_VALUE, move, attempts.label));
            } else if (debits && attempts.code.equals("INSUFFICIENT_FUNDS") && alone(attempts, account, all)) {
                steps.add(new Step(attempts.began, attempts.refused, new NoFunds(attempts.movement.amount()), attempts.label));
            }
        }
        return steps;
    }

    /** True if no other debit of the account was under way meanwhile; one that was acknowledged is over, whatever became of its other attempts. */
    private static boolean alone(Attempts refused, long account, Map<UUID, Attempts> all) {
        return all.values().stream().noneMatch(other -> other != refused && other.movement.debit() == account && other.began < refused.refused
                && Math.min(other.acknowledged, other.ended) > refused.began);
    }
}
