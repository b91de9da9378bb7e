package io.partita.member.drill.check;

import io.partita.member.rest.ClientKey;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Waits until a healed cluster is one again and all its members answer the same.
 *
 * @param finding what came of it
 * @param took    from the healing to the first moment at which everything agreed; null if that did not come in time
 */
public record Convergence(Finding finding, Duration took) {

    private static final String NAME = "Within %d s of healing the cluster is one again, and every member answers the same";
    private static final long PAUSE_MILLIS = 300;

    /** What a member said of itself and of the accounts, or why it did not. */
    private record Statement(URI member, MemberAnswers.Cluster cluster, Shown shown, String failure) {
        @Override
        public String toString() {
            return failure != null ? failure : "members %s, term %d, %sserving, %d of %d shards serve, %d accounts".formatted(cluster.members(),
                    cluster.term(), cluster.serving() ? "" : "not ", cluster.shardsServing(), cluster.shards(), shown.accounts().size());
        }
    }

    /**
     * Asks all members again and again.
     *
     * @param members     base addresses of their REST interfaces
     * @param key         what is presented to them
     * @param healedNanos when it was healed, as {@link System#nanoTime} has it
     * @param bound       how long after that it may take
     */
    public static Convergence await(List<URI> members, ClientKey key, long healedNanos, Duration bound) throws InterruptedException {
        MemberAnswers answers = new MemberAnswers(key);
        long rounds = 0;
        while (true) {
            long asked = System.nanoTime();
            List<Statement> statements = members.parallelStream().map(member -> ask(answers, member)).toList();
            List<String> problems = problems(statements);
            rounds++;
            boolean inTime = asked - healedNanos <= bound.toNanos();
            if (problems.isEmpty() || !inTime) {
                return conclude(members.size(), rounds, bound, problems, statements, inTime ? Duration.ofNanos(asked - healedNanos) : null);
            }
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        }
    }

    private static Statement ask(MemberAnswers answers, URI member) {
        try {
            return new Statement(member, answers.cluster(member), answers.accounts(member), null);
        } catch (UncheckedIOException | IllegalArgumentException | java.util.NoSuchElementException | ArithmeticException e) {
            return new Statement(member, null, null, String.valueOf(e.getMessage()));
        }
    }

    /** What keeps the members from being one cluster with one opinion. */
    private static List<String> problems(List<Statement> statements) {
        List<String> problems = new ArrayList<>();
        statements.stream().filter(statement -> statement.failure() != null).forEach(statement -> problems.add(statement.member() + " does not answer: "
                + statement.failure()));
        List<Statement> told = statements.stream().filter(statement -> statement.failure() == null).toList();
        for (Statement statement : told) {
            MemberAnswers.Cluster cluster = statement.cluster();
            if (cluster.members().size() != statements.size()) {
                problems.add("%s sees the members %s".formatted(statement.member(), cluster.members()));
            }
            if (!cluster.serving() || cluster.shardsServing() != cluster.shards()) {
                problems.add("%s is %sserving, with %d of %d shards".formatted(statement.member(), cluster.serving() ? "" : "not ",
                        cluster.shardsServing(), cluster.shards()));
            }
            if (cluster.term() != told.getFirst().cluster().term()) {
                problems.add("%s is in term %d, %s in term %d".formatted(statement.member(), cluster.term(), told.getFirst().member(),
                        told.getFirst().cluster().term()));
            }
            compare(told.getFirst().shown(), statement.shown(), problems);
        }
        return problems;
    }

    private static void compare(Shown first, Shown other, List<String> problems) {
        Set<Long> accounts = new HashSet<>(first.accounts().keySet());
        accounts.addAll(other.accounts().keySet());
        for (Long account : accounts) {
            Shown.Line one = first.accounts().get(account);
            Shown.Line two = other.accounts().get(account);
            if (one == null || two == null || !one.sums().equals(two.sums()) || two.stale()) {
                problems.add("account %d: %s shows %s, %s shows %s".formatted(account, first.source(), one, other.source(), two));
            }
        }
    }

    private static Convergence conclude(int members, long rounds, Duration bound, List<String> problems, List<Statement> statements, Duration took) {
        List<Finding.Count> counted = new ArrayList<>(List.of(new Finding.Count("members", members), new Finding.Count("rounds of questions", rounds)));
        if (took != null) {
            counted.add(new Finding.Count("milliseconds", took.toMillis()));
        }
        List<String> violated = took == null && problems.isEmpty() ? List.of("it took longer than " + bound.toSeconds() + " s") : problems;
        List<List<String>> evidence = statements.stream().map(statement -> List.of(statement.member().toString(), statement.toString())).toList();
        return new Convergence(new Finding("convergence", NAME.formatted(bound.toSeconds()), violated.isEmpty(), counted, violated.size(),
                violated.stream().limit(Finding.MOST_SHOWN).map(what -> new Finding.Violation(what, List.of("source", "evidence"), evidence)).toList()), took);
    }
}
