package io.partita.member.drill.desk;

import io.partita.member.PartitaProperties;
import io.partita.member.drill.Drill;
import io.partita.member.drill.DrillCatalogue;
import io.partita.member.drill.DrillOptions.Transport;
import io.partita.member.drill.arena.CannotRun;
import io.partita.member.drill.arena.LoopbackNetwork;
import io.partita.member.drill.arena.NamespaceNetwork;
import io.partita.member.drill.desk.DrillState.Progress;
import io.partita.member.drill.desk.DrillState.State;
import io.partita.member.rest.RequestCode;
import io.partita.member.rest.RequestProblem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts drills and follows them, one at a time in the whole cluster. What a run says goes to PostgreSQL every second, where any member finds it, and where the one that runs it
 * finds that it is to end. Thread-safe.
 */
final class DrillDesk implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DrillDesk.class);
    private static final long LOOK_MILLIS = 1_000;
    /** It takes its members, networks and folders away before it ends. */
    private static final Duration FAREWELL = Duration.ofSeconds(40);
    private static final Duration REMEMBERED = Duration.ofMinutes(1);
    /** Folders with histories and logs; they are large. */
    private static final int KEPT_FOLDERS = 3;
    private static final int PASSED = 0;
    private static final int VIOLATED = 1;

    private final DrillTables tables;
    private final PartitaProperties.Drills settings;
    private final Path folder;
    private final String member;
    private final InstantSource clock = InstantSource.system();
    private volatile DrillProcess running;
    private volatile Thread follower;
    private volatile boolean closing;
    private List<Way> ways = List.of();
    private Instant waysAt = Instant.EPOCH;

    DrillDesk(DrillTables tables, PartitaProperties settings, String member) {
        this.tables = tables;
        this.settings = settings.drills();
        this.folder = settings.data().toAbsolutePath().resolve("drills");
        this.member = member;
    }

    /** A transport, and what is missing for it here; null if nothing is. */
    record Way(Transport transport, String missing, String action) {
    }

    boolean enabled() {
        return settings.enabled();
    }

    Duration limit() {
        return settings.limit();
    }

    DrillTables tables() {
        return tables;
    }

    /** What this machine can; looked at anew once a minute, since to find out makes a network. Nothing where no drills are run. */
    synchronized List<Way> ways() {
        if (settings.enabled() && Duration.between(waysAt, clock.instant()).compareTo(REMEMBERED) > 0) {
            ways = List.of(way(Transport.NAMESPACES), way(Transport.LOOPBACK));
            waysAt = clock.instant();
        }
        return ways;
    }

    private static Way way(Transport transport) {
        try {
            switch (transport) {
                case NAMESPACES -> NamespaceNetwork.requirePossible();
                case LOOPBACK -> LoopbackNetwork.open().close();
            }
            return new Way(transport, null, null);
        } catch (CannotRun cannot) {
            return new Way(transport, cannot.getMessage(), cannot.action());
        }
    }

    /** Starts a drill, or finds the run that was asked for under the same id before. */
    DrillTables.Begun start(String name, DrillRequest request, String by) {
        Drill drill = DrillCatalogue.named(name).orElseThrow(() -> RequestProblem.of(RequestCode.DRILL_UNKNOWN, name));
        if (!settings.enabled()) {
            throw RequestProblem.of(RequestCode.DRILLS_OFF, member);
        }
        DrillState wanted = new DrillState(request.id() == null ? UUID.randomUUID() : request.id(), drill.name(), transport(request).toString(), Math.max(request.orMembers(), drill.members()),
                request.orSeconds(), request.orRate(), request.seed() == null ? ThreadLocalRandom.current().nextInt(1_000_000) : request.seed(), by, member, State.RUNNING, null, null, null,
                Progress.NONE, null, false, null);
        DrillTables.Begun begun = tables.begin(wanted);
        if (!begun.begun()) {
            return repeated(begun, wanted);
        }
        try {
            running = DrillProcess.start(begun.run(), newFolder(wanted.id()), clock);
        } catch (IOException e) {
            tables.end(wanted.id(), State.NOT_RUN, "Its process could not be started: " + e.getMessage(), null, null, List.of());
            throw new UncheckedIOException(e);
        }
        LOG.info("{} has started the drill {} ({}), on a cluster of its own", by, drill.name(), wanted.id());
        follower = Thread.ofVirtual().name("drill-follower").start(() -> follow(begun.run(), running));
        return begun;
    }

    private static DrillTables.Begun repeated(DrillTables.Begun begun, DrillState wanted) {
        if (!begun.run().id().equals(wanted.id())) {
            throw RequestProblem.of(RequestCode.DRILL_RUNNING, begun.run().drill() + ", which " + begun.run().askedBy() + " has started.").with("run", begun.run().id());
        }
        if (!begun.run().drill().equals(wanted.drill())) {
            throw RequestProblem.of(RequestCode.DRILL_RUN_EXISTS, begun.run().drill());
        }
        return begun;
    }

    private Transport transport(DrillRequest request) {
        Transport wanted = request.wanted();
        List<Way> known = ways();
        if (wanted == null) {
            return known.stream().filter(way -> way.missing() == null).map(Way::transport).findFirst().orElseThrow(() -> notPossible(known.getLast()));
        }
        known.stream().filter(way -> way.transport() == wanted && way.missing() != null).findFirst().ifPresent(way -> {
            throw notPossible(way);
        });
        return wanted;
    }

    private static RequestProblem notPossible(Way way) {
        return RequestProblem.of(RequestCode.DRILL_NOT_POSSIBLE, way.missing() + " " + way.action());
    }

    private Path newFolder(UUID id) throws IOException {
        Files.createDirectories(folder);
        try (Stream<Path> older = Files.list(folder)) {
            List<Path> all = new ArrayList<>(older.toList());
            all.sort(Comparator.comparing((Path each) -> each.toFile().lastModified()).reversed());
            all.stream().skip(KEPT_FOLDERS - 1).forEach(each -> FileUtils.deleteQuietly(each.toFile()));
        }
        return folder.resolve(id.toString());
    }

    /** Until the process is over, whatever happens to the database meanwhile. */
    private void follow(DrillState run, DrillProcess process) {
        long end = System.nanoTime() + settings.limit().toNanos();
        long kill = Long.MAX_VALUE;
        State why = null;
        List<DrillState.Line> untold = new ArrayList<>();
        while (process.ended().isEmpty()) {
            untold.addAll(process.said());
            Optional<String> by = tell(run, process, untold);
            State now = System.nanoTime() - end > 0 ? State.TIMED_OUT : by.isPresent() || closing ? State.CANCELLED : null;
            if (why == null && now != null) {
                why = now;
                kill = System.nanoTime() + FAREWELL.toNanos();
                process.stop();
            } else if (why != null && System.nanoTime() - kill > 0) {
                process.kill();
            }
            try {
                process.await(LOOK_MILLIS);
            } catch (InterruptedException stopped) {
                process.kill();
                return;
            }
        }
        untold.addAll(process.said());
        over(run, process, why == null ? verdict(process.ended()) : why, untold);
    }

    private Optional<String> tell(DrillState run, DrillProcess process, List<DrillState.Line> untold) {
        try {
            Optional<String> by = tables.tell(run.id(), process.progress(), untold);
            untold.clear();
            return by;
        } catch (RuntimeException away) {
            LOG.debug("Not told how the drill goes; it is told with what comes next", away);
            return Optional.empty();
        }
    }

    private static State verdict(OptionalInt status) {
        return status.orElseThrow() == PASSED ? State.PASSED : status.orElseThrow() == VIOLATED ? State.VIOLATED : State.NOT_RUN;
    }

    private void over(DrillState run, DrillProcess process, State state, List<DrillState.Line> untold) {
        try {
            String page = process.page();
            // Without a report there was no verdict, whatever the status.
            State told = page == null && (state == State.PASSED || state == State.VIOLATED) ? State.NOT_RUN : state;
            // What it was about to do when it was cancelled is not what came of it.
            String sentence = told == State.CANCELLED ? "" : process.sentence();
            tables.end(run.id(), told, sentence, page, process.document(), untold);
            LOG.info("The drill {} is over: {}", run.drill(), told);
        } catch (RuntimeException away) {
            LOG.warn("What came of the drill {} was not written down; its folder {} has it", run.drill(), folder.resolve(run.id().toString()), away);
        } finally {
            running = null;
        }
    }

    /** Asks for the end of a run, wherever it is; it takes some seconds. */
    DrillState cancel(UUID id, String by) {
        DrillState run = tables.find(id, 0).orElseThrow(() -> RequestProblem.of(RequestCode.DRILL_RUN_NOT_FOUND, id.toString()));
        if (!tables.cancel(id, by)) {
            throw RequestProblem.of(RequestCode.DRILL_OVER, run.state().name());
        }
        return tables.find(id, 0).orElse(run);
    }

    @Override
    public void close() {
        closing = true;
        DrillProcess process = running;
        Thread following = follower;
        if (process != null && following != null) {
            process.stop();
            try {
                if (!following.join(FAREWELL)) {
                    process.kill();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                process.kill();
            }
        }
    }
}
