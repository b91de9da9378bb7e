package io.partita.member.drill.check;

import io.partita.member.drill.history.Answer;
import io.partita.member.drill.history.Call;
import io.partita.member.drill.history.Histories;
import io.partita.member.drill.history.Invocation;
import io.partita.member.drill.history.Movement;
import io.partita.member.drill.history.Operation;
import io.partita.member.drill.history.Outcome;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Holds what clients were told against the journal. A refusal for good is final even after an unknown outcome, once nothing of the earlier
 * attempt can be under way any more: an id of which the last attempt, begun so late, was refused for good must not be in the journal; nor
 * one of which every attempt was refused.
 */
final class HistoryCheck {

    /**
     * So long after its caller has given it up, a request may still wait in a network that was cut, or for a member's lane: a refusal
     * speaks for its own attempt.
     */
    private static final long UNDER_WAY_NANOS = 30_000_000_000L;

    private final Rules rules;
    private final TransferTable transfers;
    private final Map<Long, Fold.Account> accounts;
    private long origin;
    private final Set<Long> opened = new HashSet<>();
    private final Map<String, Seen> seen = new HashMap<>();

    /** The highest sequence that a client was told, and where. */
    private record Seen(long sequence, Call call) {
    }

    HistoryCheck(Rules rules, TransferTable transfers, Map<Long, Fold.Account> accounts) {
        this.rules = rules;
        this.transfers = transfers;
        this.accounts = accounts;
    }

    void check(Histories histories) {
        origin = histories.origin();
        for (var file : histories.files()) {
            seen.clear();
            file.forEach(this::call);
        }
        for (int row = 0; row < transfers.size(); row++) {
            row(row);
        }
        if (!opened.isEmpty()) {
            accounts.keySet().stream().filter(account -> !opened.contains(account)).forEach(account ->
                    rules.exactlyOnce.violated("nobody asked for account " + account));
        }
    }

    private void row(int row) {
        if (!transfers.asked(row)) {
            if (transfers.kind(row) != Movement.EXPIRE) {
                rules.exactlyOnce.violated("nobody asked for transfer " + transfers.id(row), transfers.id(row));
            }
        } else if (!transfers.mayBeBooked(row)) {
            rules.exactlyOnce.violated("transfer %s was refused and is booked".formatted(transfers.id(row)), transfers.id(row));
        } else if (transfers.refusedInTheEnd(row)) {
            rules.exactlyOnce.violated("transfer %s was refused for good in the end and is booked".formatted(transfers.id(row)), transfers.id(row));
        }
    }

    private void call(Call call) {
        if (call.operation() == Operation.OPEN) {
            opened.add(call.invocation().account());
            if (call.outcome() == Outcome.OK && !accounts.containsKey(call.invocation().account())) {
                rules.exactlyOnce.violated(Rule.Suspicion.of("acknowledged account %d is lost".formatted(call.invocation().account()))
                        .with(call.node(), call.lines(origin).getFirst()));
            }
        } else if (!call.operation().writes()) {
            read(call);
        } else {
            write(call);
        }
    }

    private void write(Call call) {
        int booked = 0;
        Set<Long> groups = new HashSet<>();
        for (int i = 0; i < call.movements().size(); i++) {
            Movement movement = call.movements().get(i);
            int row = transfers.find(movement.id());
            movement(call, movement, call.answer(i), row);
            if (row >= 0) {
                booked++;
                groups.add(transfers.group(row));
            }
        }
        if (call.operation() == Operation.LINKED) {
            rules.doubleEntry.count("linked groups asked for", 1);
            if (booked != 0 && (booked != call.movements().size() || groups.size() > 1)) {
                rules.doubleEntry.violated(new Rule.Suspicion("linked group is booked in part: %d of %d legs, in %d groups".formatted(booked,
                        call.movements().size(), groups.size()), call.movements().stream().map(Movement::id).toList(), 0, 0, List.of()));
            }
        }
        told(call);
    }

    private void movement(Call call, Movement movement, Answer answer, int row) {
        rules.exactlyOnce.count(switch (answer.outcome()) {
            case OK -> "acknowledged";
            case REFUSED -> "refused";
            case UNKNOWN -> "unknown";
        }, 1);
        if (row < 0) {
            if (answer.outcome() == Outcome.OK) {
                rules.exactlyOnce.violated("acknowledged transfer %s is lost".formatted(movement.id()), movement.id());
            }
            return;
        }
        transfers.setAsked(row);
        if (transfers.kind(row) != movement.kind() || movement.debit() != 0 && transfers.debit(row) != movement.debit()
                || movement.credit() != 0 && transfers.credit(row) != movement.credit()
                || movement.amount() >= 0 && transfers.amount(row) != movement.amount()
                || transfers.related(row) != TransferTable.digest(movement.relatesTo())) {
            rules.exactlyOnce.violated("transfer %s is not what its client asked for".formatted(movement.id()), movement.id());
        }
        switch (answer.outcome()) {
            case OK -> {
                transfers.mayHaveBooked(row, call.ended());
                if (transfers.position(row) != answer.position() || transfers.debitSequence(row) != answer.debitSequence()
                        || transfers.creditSequence(row) != answer.creditSequence()) {
                    rules.exactlyOnce.violated("transfer %s lies elsewhere than its client was told".formatted(movement.id()), movement.id());
                }
            }
            case UNKNOWN -> transfers.mayHaveBooked(row, call.completed() ? call.ended() + UNDER_WAY_NANOS : Long.MAX_VALUE);
            case REFUSED -> {
                if (!Outcome.passing(answer.code())) {
                    transfers.refusedForGood(row, call.began());
                }
            }
        }
    }

    /** What a client was told of a booking, it has seen. A repeat tells old news. */
    private void told(Call call) {
        for (int i = 0; i < call.movements().size(); i++) {
            Movement movement = call.movements().get(i);
            Answer answer = call.answer(i);
            if (answer.outcome() == Outcome.OK && !answer.repeated() && movement.debit() != 0) {
                saw(call, movement.debit(), answer.debitSequence());
                saw(call, movement.credit(), answer.creditSequence());
            }
        }
    }

    private void saw(Call call, long account, long sequence) {
        seen.merge(key(call, account), new Seen(sequence, call), (before, now) -> before.sequence() < now.sequence() ? now : before);
    }

    /** The line of a call that is about a shard or account: of a batch it may be any. */
    private String line(Call call, String key) {
        List<String> lines = call.lines(origin);
        for (int i = 0; i < call.movements().size(); i++) {
            Movement movement = call.movements().get(i);
            if (movement.debit() != 0 && (key(call, movement.debit()).equals(key) || key(call, movement.credit()).equals(key))) {
                return lines.get(i);
            }
        }
        return lines.getFirst();
    }

    /** The Java client watches over whole shards, a client of REST over accounts, since that is all it knows. */
    private String key(Call call, long account) {
        Fold.Account known = accounts.get(account);
        return call.invocation().via() == Invocation.Via.GRID && known != null ? call.client() + " shard " + known.shard : call.client() + " account " + account;
    }

    private void read(Call call) {
        Answer answer = call.reading().orElse(null);
        if (answer == null || answer.outcome() != Outcome.OK) {
            return;
        }
        if (answer.balance().stale()) {
            rules.monotonic.count("stale reads", 1);
            return;
        }
        rules.monotonic.count("current reads", 1);
        long account = call.invocation().account();
        Seen before = seen.get(key(call, account));
        // Only what had ended when the question was asked: in a storm of duplicates several calls are under way.
        if (before != null && before.call().ended() <= call.began() && before.sequence() > answer.debitSequence()) {
            rules.monotonic.violated(Rule.Suspicion.of("client %s saw sequences of the shard of account %d go back from %d to %d".formatted(
                            call.client(), account, before.sequence(), answer.debitSequence()))
                    .with("history", line(before.call(), key(call, account))).with("history", call.lines(origin).getFirst()));
        }
        saw(call, account, answer.debitSequence());
    }
}
