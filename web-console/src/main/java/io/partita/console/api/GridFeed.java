package io.partita.console.api;

import com.vaadin.flow.shared.Registration;
import jakarta.annotation.PreDestroy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Looks at the grid once a second, and remembers the last five minutes so that a page opened later starts with a full
 * chart. Thread-safe; listeners must not block.
 */
@Component
public class GridFeed {

    /** How many looks are remembered: five minutes. */
    public static final int REMEMBERED = 300;

    private static final Logger log = LoggerFactory.getLogger(GridFeed.class);

    private final MemberApi api;
    private final Deque<GridPulse> history = new ArrayDeque<>();
    private final Poll<GridPulse> poll;
    private boolean wasUp = true;

    GridFeed(MemberApi api) {
        this.api = api;
        this.poll = new Poll<>("grid", Duration.ofSeconds(1), Poll.Diligence.ALWAYS, this::look);
    }

    @PreDestroy
    void close() {
        poll.close();
    }

    /** The last look; nothing is known before the first. */
    public GridPulse latest() {
        GridPulse latest = poll.latest();
        return latest == null ? GridPulse.NOT_ASKED : latest;
    }

    /** The last five minutes, oldest first. */
    public List<GridPulse> history() {
        synchronized (history) {
            return List.copyOf(history);
        }
    }

    /** Calls the listener after every look until the registration is removed. */
    public Registration listen(Consumer<GridPulse> listener) {
        return poll.listen(listener);
    }

    private GridPulse look() {
        Answer<GridStatus> answer = api.get("/grid", GridStatus.class);
        GridPulse pulse = new GridPulse(Instant.now(), answer.found(), trouble(answer));
        if (pulse.up() != wasUp) {
            log.info(pulse.up() ? "The grid answers again" : "Waiting for the grid: {}", pulse.trouble());
            wasUp = pulse.up();
        }
        synchronized (history) {
            history.addLast(pulse);
            while (history.size() > REMEMBERED) {
                history.removeFirst();
            }
        }
        return pulse;
    }

    private static String trouble(Answer<GridStatus> answer) {
        return switch (answer) {
            case Answer.Done<GridStatus> _ -> "";
            case Answer.Refused<GridStatus>(var problem) -> problem.code() + ": " + problem.meaning();
            case Answer.Unreachable<GridStatus>(String why) -> why;
        };
    }
}
