package io.partita.console.find;

import io.partita.console.api.Callers;
import io.partita.console.api.MemberUnavailable;
import io.partita.console.api.Person;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks for all kinds side by side, in the name of whoever looks, and tells what is known as it comes. Thread-safe. */
final class Search {

    static final Duration PATIENCE = Duration.ofSeconds(3);
    /** Of each kind. */
    static final int MOST = 5;

    private static final Logger log = LoggerFactory.getLogger(Search.class);

    private final List<Kind> kinds;
    private final Duration patience;

    Search(List<Kind> kinds, Duration patience) {
        this.kinds = List.copyOf(kinds);
        this.patience = patience;
    }

    /** What is known so far. @param kinds in their order, those of which there is something @param late names of those that did not answer @param done whether nothing more will come */
    record Known(Map<String, List<Hit>> kinds, List<String> late, boolean done) {
    }

    private record Answered(Kind kind, List<Hit> hits) {
    }

    /** Blocks until all have answered, or for as long as the patience lasts; ends without a word when the thread is interrupted. */
    void ask(Wanted wanted, Person reader, Consumer<Known> tell) {
        List<Kind> asked = kinds.stream().filter(kind -> kind.allows(reader.principal())).toList();
        Map<Kind, List<Hit>> answers = new LinkedHashMap<>();
        ExecutorService asking = Executors.newVirtualThreadPerTaskExecutor();
        try {
            CompletionService<Answered> coming = new ExecutorCompletionService<>(asking);
            asked.forEach(kind -> coming.submit(() -> new Answered(kind, Callers.as(reader, () -> kind.question().ask(wanted, reader.principal())))));
            long until = System.nanoTime() + patience.toNanos();
            for (int left = asked.size(); left > 0; left--) {
                Future<Answered> next = coming.poll(until - System.nanoTime(), TimeUnit.NANOSECONDS);
                if (next == null) {
                    break;
                }
                take(next, answers);
                if (left > 1) {
                    tell.accept(known(asked, answers, false));
                }
            }
            tell.accept(known(asked, answers, true));
        } catch (InterruptedException somethingElseIsWanted) {
            Thread.currentThread().interrupt();
        } finally {
            asking.shutdownNow();
        }
    }

    private static void take(Future<Answered> next, Map<Kind, List<Hit>> answers) throws InterruptedException {
        try {
            answers.put(next.get().kind(), next.get().hits());
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof MemberUnavailable)) {
                log.warn("A part of a search failed", e.getCause());
            }
        }
    }

    private static Known known(List<Kind> asked, Map<Kind, List<Hit>> answers, boolean done) {
        Map<String, List<Hit>> found = new LinkedHashMap<>();
        List<String> late = new ArrayList<>();
        for (Kind kind : asked) {
            List<Hit> hits = answers.get(kind);
            if (hits == null) {
                late.add(kind.name());
            } else if (!hits.isEmpty()) {
                found.put(kind.name(), hits.subList(0, Math.min(MOST, hits.size())));
            }
        }
        return new Known(found, done ? late : List.of(), done);
    }
}
