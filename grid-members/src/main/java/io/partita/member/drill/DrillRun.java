package io.partita.member.drill;

import io.partita.member.Version;
import io.partita.member.drill.Drill.Goal;
import io.partita.member.drill.Drill.Plan;
import io.partita.member.drill.arena.Arena;
import io.partita.member.drill.arena.ClientProcess;
import io.partita.member.drill.check.Checker;
import io.partita.member.drill.check.Finding;
import io.partita.member.drill.history.Histories;
import io.partita.member.drill.load.LoadClient;
import io.partita.member.drill.report.DrillReport;
import io.partita.member.drill.report.DrillReport.Event.Kind;
import io.partita.member.drill.report.DrillReport.Fault;
import io.partita.member.drill.report.Figures;
import io.partita.member.drill.report.Machine;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;

/** One run of one drill in an arena that is whole: load, break, mend, wait until all is one again, check. Used by one thread. */
final class DrillRun implements Stage {

    private static final int TRADERS = 3;
    private static final Duration READY = Duration.ofSeconds(120);
    private static final Duration DONE = Duration.ofSeconds(90);
    /** Within this time of the last mending the cluster has to be one again. */
    private static final Duration CONVERGENCE = Duration.ofSeconds(60);
    /** Members that were sabotaged may never agree, nor be one again, which is what is to be shown. */
    private static final Duration SABOTAGED = Duration.ofSeconds(5);
    private static final Duration SABOTAGED_PROJECTION = Duration.ofSeconds(10);
    private static final Duration SABOTAGED_WHOLE = Duration.ofSeconds(20);
    private static final Duration RESTART = Duration.ofSeconds(180);

    private final Drill drill;
    private final DrillOptions options;
    private final Arena arena;
    private final DrillListener listener;
    private final long seed;
    private final SplittableRandom chance;
    private final Plan plan;
    private final List<ClientProcess> clients = new ArrayList<>();
    private final List<Finding> proved = new ArrayList<>();
    private LoadSides sides;
    private Timeline timeline;
    private WholeAgain convergence;
    private Duration bound;

    DrillRun(Drill drill, DrillOptions options, long seed, Arena arena, DrillListener listener) {
        this.drill = drill;
        this.options = options;
        this.arena = arena;
        this.listener = listener;
        this.seed = seed;
        this.chance = new SplittableRandom(seed);
        this.bound = options.sabotage().isEmpty() ? CONVERGENCE : SABOTAGED_WHOLE;
        this.plan = drill.planner().plan(arena.layout().members(), chance);
    }

    /** @param earlier the histories of the drills before, in the same arena: the journal has their entries too */
    DrillReport run(boolean prepare, Evidence evidence) throws InterruptedException {
        listener.phase("connecting clients", Duration.ZERO);
        startClients(prepare);
        Instant startedAt = Instant.now();
        long origin = System.nanoTime();
        timeline = new Timeline(origin, listener::event);
        timeline.add(Kind.STEP, "", "load begins");
        long millis;
        long converged;
        try (MemberLogs _ = MemberLogs.follow(arena::members, timeline); WholeAgain watch = WholeAgain.of(arena, timeline)) {
            convergence = watch;
            clients.forEach(client -> client.tell("go"));
            listener.phase("load, nothing broken", calm());
            let(calm());
            plan.script().run(this);
            listener.phase("load, mended", after());
            let(after());
            millis = timeline.now();
            stopClients();
            converged = converge();
        }
        listener.phase("checking", Duration.ZERO);
        evidence.add(clients.stream().map(ClientProcess::history).toList());
        return report(startedAt, origin, millis, converged, evidence);
    }

    private void startClients(boolean prepare) throws InterruptedException {
        arena.removeClients();
        for (int number = 1; number <= arena.layout().members(); number++) {
            List<String> arguments = new ArrayList<>(List.of("--seed", Long.toString(seed * 31 + number), "--rate", Integer.toString(options.rate()),
                    "--duplicates", Integer.toString(drill.duplicates()), "--traders", Integer.toString(traders())));
            if (prepare && number == 1) {
                arguments.add("--prepare");
            }
            if (drill.goals().contains(Goal.NOTHING_FAILS)) {
                // As applications are: what may go through later is repeated by the client, not by whoever called it.
                arguments.addAll(List.of("--patience", "15000", "--deadline", "25000"));
            }
            ClientProcess client = arena.addClient(number, drill.name(), LoadClient.class.getName(), arguments);
            clients.add(client);
            client.start();
        }
        for (ClientProcess client : clients) {
            client.await("ready", READY);
        }
        sides = new LoadSides(plan.sides(), clients);
    }

    /** What is sabotaged is the ledger's; a cluster that is sabotaged need not be able to serve books. */
    private int traders() {
        return options.sabotage().isEmpty() ? TRADERS : 0;
    }

    private void stopClients() throws InterruptedException {
        timeline.add(Kind.STEP, "", "load ends");
        listener.phase("asking again about what is not known", Duration.ZERO);
        clients.forEach(client -> client.tell("stop"));
        for (ClientProcess client : clients) {
            client.await("done", DONE);
        }
    }

    /** Milliseconds from the last mending until the cluster was one; -1 if it was not in time. */
    private long converge() throws InterruptedException {
        listener.phase("waiting for the cluster to be one", bound);
        long took = convergence.await(bound);
        if (took < 0) {
            timeline.add(Kind.ALERT, "", "the cluster is not one again");
        }
        return took;
    }

    private DrillReport report(Instant startedAt, long origin, long millis, long converged, Evidence evidence) throws InterruptedException {
        Figures figures = new Figures(LoadSides.nodes(plan.sides()), origin);
        Histories.open(clients.stream().map(ClientProcess::history).toList()).forEach(figures::add);
        List<Fault> faults = faults(figures, millis);
        List<DrillReport.Side> seen = figures.sides(millis);
        boolean sound = options.sabotage().isEmpty();
        List<Finding> findings = new ArrayList<>(evidence.check(arena, seed, sound ? CONVERGENCE : SABOTAGED,
                sound ? Checker.PROJECTION : SABOTAGED_PROJECTION));
        findings.add(Goals.whole(converged, bound, convergence.lacked()));
        findings.addAll(proved);
        findings.addAll(Goals.check(drill.goals(), seen, faults));
        return new DrillReport(DrillReport.FORMAT, drill.name(), drill.breaks(), drill.holds(), seed, startedAt, millis,
                new DrillReport.Setup(arena.network().name(), arena.layout().members(), clients.size(), options.rate(), options.seconds(),
                        drill.duplicates(), options.sabotage(), settings()),
                Machine.here(), versions(), seen, faults, timeline.events(), findings, options.repeat(drill, seed));
    }

    private List<Fault> faults(Figures figures, long millis) {
        List<Timeline.Span> spans = timeline.faults();
        List<Fault> faults = new ArrayList<>();
        for (int i = 0; i < spans.size(); i++) {
            Timeline.Span span = spans.get(i);
            long until = i + 1 < spans.size() ? spans.get(i + 1).fromMillis() : millis;
            faults.add(figures.fault(span.what(), span.fromMillis(), span.toMillis(), until, timeline.events()));
        }
        return faults;
    }

    /** Those on which the times depend. */
    private Map<String, String> settings() {
        return Map.of("partita.grid.expected-members", Integer.toString(arena.layout().members()),
                "member heap", arena.layout().heap());
    }

    private Map<String, String> versions() {
        Map<String, String> versions = new TreeMap<>();
        versions.put("Partita", Version.text());
        versions.put("Java", Runtime.version().toString());
        versions.put("Hazelcast", com.hazelcast.instance.BuildInfoProvider.getBuildInfo().getVersion());
        versions.put("PostgreSQL", arena.store().version());
        return versions;
    }

    /** A fifth of the time nothing is broken. */
    private Duration calm() {
        return Duration.ofSeconds(options.seconds()).dividedBy(5);
    }

    @Override
    public Duration span() {
        return Duration.ofSeconds(options.seconds()).multipliedBy(2).dividedBy(5);
    }

    private Duration after() {
        return span();
    }

    @Override
    public Arena arena() {
        return arena;
    }

    @Override
    public SplittableRandom chance() {
        return chance;
    }

    @Override
    public void let(Duration time) throws InterruptedException {
        long end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < end) {
            for (ClientProcess client : clients) {
                if (!client.alive()) {
                    throw new IllegalStateException(client + " ended by itself:\n" + client.lastLines(30));
                }
            }
            listener.throughput(sides.now());
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            LockSupport.parkNanos(Math.min(200_000_000, Math.max(1, end - System.nanoTime())));
        }
    }

    @Override
    public void breaks(String what, Runnable action) {
        timeline.breaks(what);
        convergence.broken();
        listener.phase(what, span());
        action.run();
    }

    @Override
    public void mends(String what, Runnable action) {
        action.run();
        timeline.mends(what);
        convergence.mended();
    }

    @Override
    public void restarts(String what, Runnable action) {
        bound = RESTART;
        mends(what, action);
    }

    @Override
    public void step(String what, Runnable action) {
        timeline.add(Kind.STEP, "", what);
        listener.phase(what, Duration.ZERO);
        action.run();
    }

    @Override
    public void proves(Finding finding) {
        proved.add(finding);
    }

    @Override
    public void awaitWhole() throws InterruptedException {
        listener.phase("waiting for the cluster to be one", Duration.ZERO);
        long end = System.nanoTime() + RESTART.toNanos();
        for (Optional<String> lacks = arena.lacks(); lacks.isPresent(); lacks = arena.lacks()) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("The cluster was not one within " + RESTART.toSeconds() + " s: " + lacks.get());
            }
            let(Duration.ofMillis(300));
        }
    }
}
