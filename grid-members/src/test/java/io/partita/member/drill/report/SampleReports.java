package io.partita.member.drill.report;

import io.partita.member.drill.check.Finding;
import io.partita.member.drill.check.Finding.Count;
import io.partita.member.drill.check.Finding.Violation;
import io.partita.member.drill.history.Answer;
import io.partita.member.drill.history.Call;
import io.partita.member.drill.history.Invocation;
import io.partita.member.drill.history.Movement;
import io.partita.member.drill.history.Operation;
import io.partita.member.drill.report.DrillReport.Event;
import io.partita.member.drill.report.DrillReport.Event.Kind;
import io.partita.member.drill.report.DrillReport.Fault;
import io.partita.member.drill.report.DrillReport.Setup;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SequencedMap;
import java.util.UUID;
import java.util.stream.IntStream;

/** Reports as a split of three members makes them, from calls that are made up with a seed. */
final class SampleReports {

    static final long BREAK = 20_000;
    static final long MEND = 45_000;
    static final long END = 75_000;

    private SampleReports() {
    }

    static DrillReport passed() {
        return report("split", List.of(
                held("invariant-1", "Every acknowledged transfer is in the journal exactly once, and every row of it was asked for.",
                        new Count("transfers in the journal", 4_519), new Count("acknowledged", 4_490)),
                held("invariant-2", "No account breaks its limit after any row of its shard's journal.", new Count("accounts", 200),
                        new Count("prefixes", 23_038)),
                held("invariant-3", "Each account's balance in the grid is the fold of the journal.", new Count("accounts", 200),
                        new Count("members asked", 3)),
                held("invariant-4", "Debits equal credits in each currency and in each linked group.", new Count("currencies", 2),
                        new Count("linked groups", 812)),
                held("invariant-5", "No client that saw a balance later got an older one as current.", new Count("reads", 6_120)),
                held("invariant-6", "The Merkle roots recompute from the rows.", new Count("batches", 4_077)),
                held("linearizable", "The history of single accounts has an order in which each answer is right.",
                        new Count("histories", 24), new Count("states searched", 88_120)),
                held("converged", "Within 60 s of the mending every member answers the same and the cluster is one.",
                        new Count("members", 3), new Count("milliseconds", 9_340)),
                held("goal-resume", "The majority acknowledges again within 10 s of the split.", new Count("milliseconds", 6_230))), "");
    }

    /** The money is safe, and a goal was missed. */
    static DrillReport late() {
        return report("split", List.of(passed().findings().getFirst(), new Finding("goal-writes",
                "Within 10 s of a fault some side acknowledges writes again", false, List.of(new Count("faults", 1)), 1,
                List.of(new Violation("Nobody booked for longer", List.of("broken at"), List.of(List.of("20.0 s")))))), "");
    }

    static DrillReport violated() {
        Violation twice = new Violation("Transfer 0199c3a4-7f00-7000-8000-0000000003e9 was booked twice: at positions 4,112 and 4,977.",
                List.of("at", "client", "operation", "debit", "credit", "amount", "answer"), List.of(
                List.of("0:21.304", "client-3 #4", "transfer", "9000000012", "9000000044", "12.34 EUR", "unknown"),
                List.of("0:46.117", "client-3 #4", "transfer, again", "9000000012", "9000000044", "12.34 EUR", "ok, position 4,977"),
                List.of("", "journal", "batch 1,377 row 3", "9000000012", "9000000044", "12.34 EUR", "position 4,112"),
                List.of("", "journal", "batch 1,702 row 0", "9000000012", "9000000044", "12.34 EUR", "position 4,977")));
        Violation script = new Violation("A reference that says <script>alert('x')</script> & more is shown as it is.",
                List.of("at", "operation"), List.of(List.of("0:21.400", "\"<b>bold</b>\"")));
        return report("split", List.of(
                new Finding("invariant-1", "Every acknowledged transfer is in the journal exactly once, and every row of it was asked for.",
                        false, List.of(new Count("transfers in the journal", 4_525), new Count("acknowledged", 4_490)), 6,
                        List.of(twice, script)),
                held("invariant-2", "No account breaks its limit after any row of its shard's journal.", new Count("accounts", 200)),
                held("invariant-3", "Each account's balance in the grid is the fold of the journal.", new Count("accounts", 200))),
                "deduplication");
    }

    private static Finding held(String rule, String name, Count... counted) {
        return new Finding(rule, name, true, List.of(counted), 0, List.of());
    }

    private static DrillReport report(String drill, List<Finding> findings, String sabotage) {
        SequencedMap<String, List<String>> sides = new LinkedHashMap<>();
        sides.put("majority", List.of("member-1", "member-2", "client-1", "client-2"));
        sides.put("minority", List.of("member-3", "client-3"));
        Figures figures = new Figures(sides, 0);
        Random random = new Random(7);
        for (String node : List.of("client-1", "client-2", "client-3")) {
            calls(node, random).forEach(figures::add);
        }
        List<Event> timeline = List.of(
                new Event(0, Kind.STEP, "", "Load begins on 3 clients"),
                new Event(BREAK, Kind.FAULT, "", "The network is cut between member-1, member-2 and member-3"),
                new Event(BREAK + 4_310, Kind.NOTICED, "member-1", "member-3 left the cluster; 2 members remain"),
                new Event(BREAK + 4_890, Kind.NOTICED, "member-1", "View 5 of 2 members"),
                new Event(BREAK + 6_230, Kind.RECOVERED, "client-1", "The majority acknowledges again"),
                new Event(BREAK + 17_000, Kind.ALERT, "member-3", "Cut off from the majority for 15 s"),
                new Event(MEND, Kind.MENDED, "", "The network is whole again"),
                new Event(MEND + 9_340, Kind.RECOVERED, "member-3", "The cluster is one again: 3 members"),
                new Event(END, Kind.STEP, "", "Load ends"));
        Fault fault = figures.fault("Network cut: majority | minority", BREAK, MEND, END, timeline);
        Map<String, String> settings = Map.of("partita.grid.heartbeat-timeout", "5s", "partita.ledger.view-lease", "5s",
                "partita.grid.backups", "1");
        return new DrillReport(DrillReport.FORMAT, drill, "the network parts into a majority and a minority",
                "the majority books again within 10 s; reads never stop; the minority books nothing of its own",
                4711, Instant.parse("2026-11-21T03:00:00Z"), END,
                new Setup("namespaces", 3, 3, 100, 75, 1, sabotage, settings),
                new Machine("AMD EPYC 9B14", 2, 24L << 30, "Linux 6.1.0"),
                Map.of("partita", "0.1.0-SNAPSHOT", "java", "25.0.1", "hazelcast", "5.7.0", "postgresql", "18.6"),
                figures.sides(END), List.of(fault), timeline, findings,
                "./partita drill " + drill + " --members 3 --seconds 75 --rate 100 --seed 4711");
    }

    /** Some 40 calls a second, of which a third reads. */
    private static List<Call> calls(String node, Random random) {
        List<Call> calls = new ArrayList<>();
        boolean minority = node.equals("client-3");
        for (long at = 5; at < END; at += 15 + random.nextInt(20)) {
            boolean read = random.nextInt(3) == 0;
            boolean cut = at >= BREAK && (minority ? at < MEND + 7_000 : at < BREAK + 6_100);
            long took = 2_000 + (long) (Math.abs(random.nextGaussian()) * 4_000) + (cut ? 200_000 : 0);
            Answer answer = read ? Answer.shown(at, new Answer.Balance(0, 0, 0, 0, cut && minority)) : write(at, cut, random);
            calls.add(call(node, !read, List.of(answer), at * 1_000_000, at * 1_000_000 + took * 1_000));
        }
        return calls;
    }

    private static Answer write(long at, boolean cut, Random random) {
        int chance = random.nextInt(100);
        if (!cut) {
            return chance < 8 ? Answer.refused("INSUFFICIENT_FUNDS") : Answer.booked(at, 1, 1, false);
        } else if (at >= BREAK + 4_300) {
            return Answer.refused("NOT_IN_VIEW");
        }
        return chance < 25 ? Answer.unknown("OUTCOME_UNKNOWN") : Answer.refused("SHARD_UNAVAILABLE");
    }

    /** A call with so many answers; one that ends at {@link Long#MAX_VALUE} has none. */
    static Call call(String node, boolean write, List<Answer> answers, long began, long ended) {
        List<Movement> movements = IntStream.range(0, write ? Math.max(1, answers.size()) : 0)
                .mapToObj(i -> new Movement(new UUID(began, i), Movement.POSTED, 1, 2, 100, null)).toList();
        Operation operation = !write ? Operation.READ : answers.size() > 1 ? Operation.BATCH : Operation.TRANSFER;
        return new Call(node, new Invocation(1, 1, Invocation.Via.GRID, "grid", operation, movements, write ? 0 : 1, 0, 1, began), answers, ended);
    }
}
