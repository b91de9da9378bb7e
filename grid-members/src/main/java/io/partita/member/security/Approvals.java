package io.partita.member.security;

import io.partita.member.rest.AwaitsApproval;
import io.partita.member.rest.Problems;
import io.partita.member.rest.RequestProblem;
import io.partita.security.Approval;
import io.partita.security.Approval.State;
import io.partita.security.ApprovalKind;
import io.partita.security.Permission;
import io.partita.security.Principal;
import io.partita.security.SecurityRefusal;
import io.partita.security.SecurityRefused;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * Four eyes: what one person asks for is done when another one agrees. What was approved is carried out once, by the member that took the decision or, if that died, by any other; the row is
 * locked meanwhile, and the command carries the approval's id. Thread-safe; calls block.
 */
public final class Approvals implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Approvals.class);
    private static final int MOST_AT_ONCE = 1;
    private static final int PAGE = 50;
    private static final long LOOK_SECONDS = 10;
    private static final Duration LEFT_BEHIND = Duration.ofSeconds(30);

    private final Jdbi jdbi;
    private final ApprovalTables tables;
    private final Set<ApprovalKind> wanted;
    private final JsonMapper json;
    private final InstantSource clock;
    private final Map<ApprovalKind, ApprovalExecutor> executors = new ConcurrentHashMap<>();
    /** Whoever carries something out holds a connection and needs others. */
    private final Semaphore places = new Semaphore(MOST_AT_ONCE);
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("approvals").factory());

    Approvals(Jdbi jdbi, ApprovalTables tables, Set<ApprovalKind> wanted, JsonMapper json, InstantSource clock) {
        this.jdbi = jdbi;
        this.tables = tables;
        this.wanted = Set.copyOf(wanted);
        this.json = json;
        this.clock = clock;
        timer.scheduleWithFixedDelay(this::carryOutLeftBehind, LOOK_SECONDS, LOOK_SECONDS, TimeUnit.SECONDS);
    }

    /** Says who carries out what. */
    public void register(ApprovalKind kind, ApprovalExecutor executor) {
        if (executors.putIfAbsent(kind, executor) != null) {
            throw new IllegalStateException(kind + " is carried out by somebody already");
        }
    }

    /** Whether something takes two people on this member. */
    public boolean needs(ApprovalKind kind) {
        return wanted.contains(kind);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    /** Asks for it; nothing else is changed. The same asked again while nobody has decided is the same request. */
    public Approval ask(Principal maker, ApprovalKind kind, String subject, Object payload) {
        Approval asked = tables.ask(Approval.asked(UUID.randomUUID(), kind, subject, json.writeValueAsString(payload), maker.name(), now()));
        LOG.info("{} asks for {} of {}: approval {}", maker.name(), kind, subject, asked.id());
        return asked;
    }

    /** Asks for it, and ends the request that would have done it: thrown by an endpoint, it is answered with 202. */
    public AwaitsApproval awaiting(Principal maker, ApprovalKind kind, String subject, Object payload) {
        return new AwaitsApproval(ask(maker, kind, subject, payload));
    }

    /** What was asked for, as its maker's request read it. */
    public <T> T payload(Approval approval, Class<T> type) {
        return json.readValue(approval.payload(), type);
    }

    /** The newest first. @param state null for all */
    public List<Approval> all(State state, int most) {
        return tables.all(state, null, most, now());
    }

    /** What somebody has asked for, the newest first. @param state null for all */
    public List<Approval> of(Principal maker, State state, int most) {
        return tables.all(state, maker.name(), most, now());
    }

    /** One as somebody may see it: whoever has asked for it, and whoever decides; for others there is none. */
    public Approval find(UUID id, Principal caller) {
        Approval found = find(id);
        boolean decides = caller.may(Permission.APPROVALS_DECIDE) && caller.accounts().isEmpty();
        if (!decides && !found.maker().equals(caller.name())) {
            throw new SecurityRefused(SecurityRefusal.APPROVAL_NOT_FOUND, id + ".");
        }
        return found;
    }

    public Approval find(UUID id) {
        Approval found = tables.find(id).orElseThrow(() -> new SecurityRefused(SecurityRefusal.APPROVAL_NOT_FOUND, id + "."));
        return found.state() != State.EXPIRED && found.isOver(now()) ? found.expired() : found;
    }

    /** Somebody agrees, or does not. @return the request after it was carried out, if they agree and nothing keeps it from being carried out now */
    public Approval decide(UUID id, boolean agreed, String reason, Principal checker) {
        Approval decided = jdbi.inTransaction(handle -> {
            Approval asked = ApprovalTables.locked(handle, id).orElseThrow(() -> new SecurityRefused(SecurityRefusal.APPROVAL_NOT_FOUND, id + "."));
            mayDecide(asked, checker);
            Approval after = asked.decided(agreed, checker.name(), reason, now());
            ApprovalTables.update(handle, after);
            return after;
        });
        LOG.info("{} has {} {} of {}, asked for by {}", checker.name(), agreed ? "approved" : "rejected", decided.kind(), decided.subject(), decided.maker());
        if (agreed) {
            carryOut(id);
        }
        return find(id);
    }

    private static void mayDecide(Approval asked, Principal checker) {
        if (checker.kind() != Principal.Kind.USER) {
            throw new SecurityRefused(SecurityRefusal.FORBIDDEN, "People decide, not programs.");
        }
        for (Permission needed : List.of(Permission.APPROVALS_DECIDE, asked.kind().decides())) {
            if (!checker.may(needed)) {
                throw new SecurityRefused(SecurityRefusal.FORBIDDEN, needed.scope() + " is needed.");
            }
        }
    }

    /** What a member that died has left. */
    void carryOutLeftBehind() {
        try {
            tables.waiting(now().minus(LEFT_BEHIND), PAGE).forEach(this::carryOut);
        } catch (RuntimeException later) {
            LOG.warn("What was approved is carried out later: {}", later.toString());
        }
    }

    private void carryOut(UUID id) {
        places.acquireUninterruptibly();
        // Not the thread's connection: what is carried out is committed for itself, before anybody is told of it.
        try (Handle own = jdbi.open()) {
            own.useTransaction(handle -> {
                Approval approval = ApprovalTables.claimed(handle, id).orElse(null);
                if (approval != null && executors.containsKey(approval.kind())) {
                    ApprovalTables.update(handle, outcome(approval));
                }
            });
        } finally {
            places.release();
        }
    }

    private Approval outcome(Approval approval) {
        try {
            Approval done = approval.carriedOut(true, executors.get(approval.kind()).carryOut(approval));
            LOG.info("{} of {} was carried out: {}", done.kind(), done.subject(), done.outcome());
            return done;
        } catch (RuntimeException failure) {
            RequestProblem problem = Problems.known(failure).orElse(null);
            LOG.warn("{} of {} was approved and could not be carried out: {}", approval.kind(), approval.subject(), failure.toString());
            if (problem != null && (problem.status() == 429 || problem.status() == 503)) {
                return approval;
            }
            return approval.carriedOut(false, problem == null ? "INTERNAL_ERROR" : (problem.code() + ": " + problem.getMessage()).strip());
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
