package io.partita.member.drill.history;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A call from beginning to end.
 *
 * @param node      on which the client ran
 * @param answers   one for each movement, in order, or the one to a read; empty if the call has no end, as when its client was killed
 * @param ended     monotonic nanoseconds; {@link Long#MAX_VALUE} without an end
 */
public record Call(String node, Invocation invocation, List<Answer> answers, long ended) {

    public Call {
        answers = List.copyOf(answers);
    }

    /** True if the client lived to see how it ended. */
    public boolean completed() {
        return ended != Long.MAX_VALUE;
    }

    public Operation operation() {
        return invocation.operation();
    }

    public List<Movement> movements() {
        return invocation.movements();
    }

    public long began() {
        return invocation.nanos();
    }

    /** The client among all clients of all files. */
    public String client() {
        return node + "/" + invocation.client();
    }

    /** What was told about the movement at a place; unknown for a call without an end. */
    public Answer answer(int index) {
        return completed() ? answers.get(index) : Answer.unknown("NO_ANSWER");
    }

    /** The answer to a read. */
    public Optional<Answer> reading() {
        return operation().writes() || !completed() ? Optional.empty() : Optional.of(answers.getFirst());
    }

    /** How the call ended as a whole: ok if anything went through; unknown if anything may have; else refused. */
    public Outcome outcome() {
        if (!completed() || answers.stream().anyMatch(answer -> answer.outcome() == Outcome.UNKNOWN)) {
            return Outcome.UNKNOWN;
        }
        return answers.stream().anyMatch(answer -> answer.outcome() == Outcome.OK) ? Outcome.OK : Outcome.REFUSED;
    }

    /** One line for each movement, or for the read, as people read it. */
    public List<String> lines(long origin) {
        List<String> lines = new ArrayList<>();
        String who = "%s, %s client %d, call %d, attempt %d, %s: ".formatted(node, invocation.via(), invocation.client(), invocation.call(),
                invocation.attempt(), times(origin));
        if (movements().isEmpty()) {
            lines.add(who + operation() + " account " + invocation.account() + ": " + (completed() ? answers.getFirst() : "no answer"));
        }
        for (int i = 0; i < movements().size(); i++) {
            lines.add(who + operation() + " " + movements().get(i) + ": " + answer(i));
        }
        return lines;
    }

    private String times(long origin) {
        return "%.3f s to %s".formatted((began() - origin) / 1e9, completed() ? "%.3f s".formatted((ended - origin) / 1e9) : "never");
    }
}
