package io.partita.member.drill;

import io.partita.member.StartupProblem;
import io.partita.member.drill.DrillOptions.Transport;
import io.partita.member.drill.arena.Arena;
import io.partita.member.drill.arena.Arena.Layout;
import io.partita.member.drill.arena.CannotRun;
import io.partita.member.drill.arena.LoopbackNetwork;
import io.partita.member.drill.arena.NamespaceNetwork;
import io.partita.member.drill.arena.Network;
import io.partita.member.drill.arena.Node;
import io.partita.member.drill.report.DrillReport;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs drills one after the other. They share an arena as long as it suits them and nothing was violated: to start one takes longer
 * than most drills. {@link #close} leaves nothing behind, and may be called by another thread.
 */
public final class DrillSeries implements AutoCloseable {

    private final DrillOptions options;
    private final DrillListener listener;
    private Arena arena;
    private Transport transport;
    private Evidence evidence;
    private int arenas;

    public DrillSeries(DrillOptions options, DrillListener listener) {
        this.options = options;
        this.listener = listener;
    }

    /** A drill that came to no verdict, and why. */
    public record Failure(String drill, String why) {
    }

    /**
     * Runs drills to their ends, whatever comes of them; the listener is given their reports.
     *
     * @return those that came to no verdict
     * @throws CannotRun if this machine cannot run them
     */
    public List<Failure> run(List<Drill> drills) throws InterruptedException {
        Arena.removeLeftovers();
        List<Failure> failures = new ArrayList<>();
        for (int i = 0; i < drills.size(); i++) {
            Drill drill = drills.get(i);
            long seed = drills.size() == 1 ? options.seed() : options.seed() + drill.name().hashCode();
            listener.begins(drill, seed, i + 1, drills.size());
            try {
                DrillReport report = run(drill, seed);
                listener.ended(report);
                if (report.findings().stream().anyMatch(finding -> !finding.passed() && !finding.rule().startsWith(Goals.PREFIX))) {
                    // What comes after would be blamed for it.
                    leaveArena();
                }
            } catch (IllegalStateException | StartupProblem failure) {
                if (Thread.interrupted()) {
                    // Whatever it says came of that.
                    throw new InterruptedException();
                }
                failures.add(new Failure(drill.name(), failure.getMessage()));
                leaveArena();
            }
        }
        leaveArena();
        return failures;
    }

    private DrillReport run(Drill drill, long seed) throws InterruptedException {
        Layout layout = layout(drill);
        Transport wanted = drill.delays() && !delays() ? Transport.LOOPBACK : options.transport();
        boolean fresh = arena == null || !arena.layout().equals(layout) || transport != wanted;
        if (fresh) {
            leaveArena();
            enterArena(layout, wanted);
        }
        return new DrillRun(drill, options, seed, arena, listener).run(fresh, evidence);
    }

    private Layout layout(Drill drill) {
        Layout layout = Layout.of(Math.max(options.members(), drill.members()));
        return options.sabotage().isEmpty() ? layout : layout.with("--partita.drill.sabotage=" + options.sabotage());
    }

    private void enterArena(Layout layout, Transport wanted) throws InterruptedException {
        listener.phase("starting PostgreSQL and " + layout.members() + " members", Duration.ofSeconds(40));
        Path logs = options.report().resolve(++arenas == 1 ? "evidence" : "evidence-" + arenas);
        open(Arena.prepare(network(wanted), logs, layout), wanted);
        arena.start();
    }

    private synchronized void open(Arena entered, Transport over) {
        arena = entered;
        transport = over;
        evidence = new Evidence();
    }

    /** Whether the chosen transport can delay what is sent; otherwise the relays do it. */
    private boolean delays() {
        try (Network network = network(options.transport())) {
            network.add(Node.member(1));
            return network.canSlow();
        }
    }

    private static Network network(Transport transport) {
        return switch (transport) {
            case NAMESPACES -> NamespaceNetwork.open();
            case LOOPBACK -> LoopbackNetwork.open();
        };
    }

    private void leaveArena() {
        close();
    }

    @Override
    public synchronized void close() {
        if (arena != null) {
            arena.close();
            arena = null;
        }
    }
}
