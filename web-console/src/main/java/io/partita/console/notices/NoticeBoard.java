package io.partita.console.notices;

import com.vaadin.flow.shared.Registration;
import io.partita.console.api.Callers;
import io.partita.console.api.GridFeed;
import io.partita.console.api.GridPulse;
import io.partita.console.api.MemberApi;
import io.partita.console.api.MemberApi.Query;
import io.partita.console.api.MemberSockets;
import io.partita.console.api.Person;
import io.partita.console.api.Poll;
import io.partita.console.api.Polls;
import io.partita.console.notices.Notice.Kind;
import io.partita.console.notices.Shelf.Seen;
import io.partita.console.ui.Pill.Tone;
import io.partita.security.Permission;
import jakarta.annotation.PreDestroy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/**
 * Looks for what people should hear of: once for all of them, by the console's own key, while somebody is there to hear it; breaches as soon as members tell of them. Approvals alone are asked
 * for in the name of each session, for the console's key may not read them. Whoever listens is told when what they are shown changes, and no more often than it is looked for. Thread-safe.
 */
@Component
public class NoticeBoard {

    private static final Duration LOOKS = Duration.ofSeconds(5);
    private static final Duration LATELY = Duration.ofDays(1);
    private static final int MARKING = 16;
    private static final String CANCELLED = "cancelled";
    private static final String BY_REQUEST = "suspended by request";
    /** What is needed to agree, beside that one may decide at all. */
    private static final Map<String, Permission> DECIDES = Map.of("LIMIT_CHANGE", Permission.RISK_WRITE, "KILL_SWITCH_RELEASE", Permission.TRADING_READ, "REVERSAL", Permission.LEDGER_READ,
            "FORCE_VIEW", Permission.GRID_OPERATE);

    private final MemberApi api;
    private final MemberSockets sockets;
    private final Shelf shelf = new Shelf();
    private final ReadMarks marks;
    /** One for several people each: whoever waits for a member keeps few waiting. */
    private final Lock[] marking = Stream.generate(ReentrantLock::new).limit(MARKING).toArray(Lock[]::new);
    private final GridNews gridNews = new GridNews();
    private final Poll<List<Notice>> poll;
    private final Polls<Person, List<Notice>> approvals;
    private final Registration grid;
    private final List<Watch> watches = new CopyOnWriteArrayList<>();
    private MemberSockets.Following breaches;

    NoticeBoard(MemberApi api, MemberSockets sockets, GridFeed feed) {
        this.api = api;
        this.sockets = sockets;
        marks = new ReadMarks(api);
        poll = new Poll<>("notices", LOOKS, Poll.Diligence.WHILE_WATCHED, this::look);
        approvals = new Polls<>("approvals", LOOKS, person -> Callers.as(person, () -> waiting(person)));
        poll.listen(this::take);
        grid = feed.listen(this::take);
    }

    // ---- listening -------------------------------------------------------------------------------------------------------

    /** Somebody's open window. */
    private final class Watch {

        private final Person person;
        private final Consumer<Seen> listener;
        private List<Notice> own = List.of();
        private Seen told;

        Watch(Person person, Consumer<Seen> listener) {
            this.person = person;
            this.listener = listener;
        }

        synchronized void own(List<Notice> now) {
            own = now;
            tell();
        }

        synchronized void tell() {
            Seen seen = shelf.of(person.principal(), own);
            if (!seen.equals(told)) {
                told = seen;
                listener.accept(seen);
            }
        }
    }

    /** Calls with what somebody is shown, now and whenever it changes, until the registration is removed. */
    Registration listen(Person person, Consumer<Seen> listener) {
        Watch watch = new Watch(person, listener);
        watches.add(watch);
        follow();
        Registration deciding = Kind.APPROVAL.concerns(person.principal()) ? approvals.listen(person, watch::own) : () -> { };
        apart(person, () -> {
            remember(person);
            watch.tell();
        });
        return Registration.once(() -> {
            watches.remove(watch);
            deciding.remove();
            follow();
        });
    }

    /** One connection, while there is somebody. */
    private synchronized void follow() {
        if (breaches == null && !watches.isEmpty()) {
            breaches = sockets.follow("/ws/risk", List.of(MemberSockets.Request.subscribe(List.of("*"), "BREACHES")), this::hear);
            poll.askNow();
        } else if (breaches != null && watches.isEmpty()) {
            breaches.close();
            breaches = null;
        }
    }

    private void hear(JsonNode message) {
        if (message.path("type").asString("").equals("BREACHES")) {
            poll.askNow();
        }
    }

    /** In all windows of whoever it is. */
    void markRead(Person reader, Collection<String> keys) {
        shelf.markRead(reader.name(), keys);
        watches.stream().filter(watch -> watch.person.name().equals(reader.name())).forEach(Watch::tell);
        apart(reader, () -> {
            if (remember(reader)) {
                marks.keep(shelf.read(reader.name()));
            }
        });
    }

    /** Without anybody waiting for it, and one after the other for each person. */
    private void apart(Person person, Runnable work) {
        Lock lock = marking[Math.floorMod(person.name().hashCode(), MARKING)];
        Thread.startVirtualThread(() -> Callers.as(person, () -> {
            lock.lock();
            try {
                work.run();
            } finally {
                lock.unlock();
            }
            return null;
        }));
    }

    /** What they had read before this console knew them counts. @return whether it is known; nothing may be kept in its place before */
    private boolean remember(Person person) {
        if (!shelf.remembers(person.name())) {
            marks.load().ifPresent(keys -> shelf.remember(person.name(), keys));
        }
        return shelf.remembers(person.name());
    }

    private void take(List<Notice> notices) {
        if (shelf.put(notices)) {
            watches.forEach(Watch::tell);
        }
    }

    private void take(GridPulse pulse) {
        take(gridNews.look(pulse));
    }

    // ---- looking ---------------------------------------------------------------------------------------------------------

    /** Null if there is nobody to look for. */
    private List<Notice> look() {
        if (watches.isEmpty()) {
            return null;
        }
        List<Notice> found = new ArrayList<>();
        Stream.of(breached(), alerts(), jobs()).forEach(found::addAll);
        return found;
    }

    private <T> List<T> list(String path, Query query, Class<T[]> type) {
        return api.get(path, query, type).found().map(List::of).orElse(List.of());
    }

    private List<Notice> breached() {
        record Breach(String number, String limit, String target, String measure, boolean wasHard, Instant raisedAt, Instant escalatedAt, String acknowledgedBy) {
            private Notice notice() {
                return new Notice(Kind.BREACH, "breach/" + number + (wasHard ? "/hard" : "/soft"), wasHard ? Tone.BAD : Tone.WAITING, (wasHard ? "Hard" : "Soft") + " limit crossed: " + limit,
                        words(measure) + " of " + target, "limits", wasHard && escalatedAt != null ? escalatedAt : raisedAt);
            }
        }
        return list("/risk/breaches", Query.NONE.with("open", true).with("limit", Shelf.KEPT), Breach[].class).stream().filter(breach -> breach.acknowledgedBy() == null).map(Breach::notice).toList();
    }

    private List<Notice> alerts() {
        record Anomaly(String id, String symbol, String kind, String severity, Instant detected, String explanation) {
            private Notice notice() {
                return new Notice(Kind.ALERT, "alert/" + id, severity.equals("CRITICAL") ? Tone.BAD : Tone.WAITING, words(kind) + (symbol == null ? "" : ", " + symbol), explanation,
                        "alerts/anomaly/" + id, detected);
            }
        }
        Instant since = Instant.now().minus(LATELY);
        return list("/marketdata/anomalies", Query.NONE.with("severity", "WARNING").with("limit", Shelf.KEPT), Anomaly[].class).stream().filter(alert -> alert.detected().isAfter(since))
                .map(Anomaly::notice).toList();
    }

    private List<Notice> jobs() {
        record Job(String id, String name, String status, String reason) {
            private boolean broken() {
                return reason != null && !reason.equals(CANCELLED) && !reason.equals(BY_REQUEST) && (status.equals("FAILED") || status.startsWith("SUSPENDED"));
            }

            private Notice notice() {
                return new Notice(Kind.JOB, "job/" + id + "/" + status, Tone.BAD, "Job " + name + " has failed", reason, "jobs/" + id, Instant.now());
            }
        }
        return list("/jobs", Query.NONE, Job[].class).stream().filter(Job::broken).limit(Shelf.KEPT).map(Job::notice).toList();
    }

    /** What this person could agree to; null if nobody can tell. */
    private List<Notice> waiting(Person person) {
        record Approval(String id, String kind, String subject, String maker, Instant askedAt) {
            private Notice notice() {
                return new Notice(Kind.APPROVAL, "approval/" + id, Tone.WAITING, words(kind) + " waits for you: " + subject, maker + " has asked for it.", "approvals?id=" + id, askedAt);
            }
        }
        return api.get("/approvals", Query.NONE.with("state", "PENDING").with("limit", Shelf.KEPT), Approval[].class).found().map(all -> Stream.of(all)
                .filter(each -> !each.maker().equals(person.name()) && (!DECIDES.containsKey(each.kind()) || person.may(DECIDES.get(each.kind())))).map(Approval::notice).toList()).orElse(null);
    }

    /** {@code LIMIT_CHANGE} is "Limit change". */
    private static String words(String code) {
        String words = code.replace('_', ' ').toLowerCase(Locale.ROOT);
        return words.isEmpty() ? words : Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }

    @PreDestroy
    void close() {
        grid.remove();
        poll.close();
        approvals.close();
    }
}
