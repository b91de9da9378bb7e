package io.partita.console.notices;

import io.partita.console.notices.Notice.Kind;
import io.partita.security.Principal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The last notices, and who has read which. A flood of one kind drives none of another away. Read marks are by user. Thread-safe.
 */
final class Shelf {

    /** Of each kind. */
    static final int KEPT = 25;
    /** That one person is shown. */
    static final int SHOWN = 100;
    private static final int READERS = 1_000;
    private static final int MARKS = 4 * SHOWN;

    private final Map<Kind, Deque<Notice>> kept = new EnumMap<>(Kind.class);
    private final Map<String, Set<String>> read = bounded(READERS);
    /** Whose marks from before this process are among them. */
    private final Map<String, Boolean> remembered = bounded(READERS);

    /** What one person is shown, the newest first. @param unread keys */
    record Seen(List<Notice> notices, Set<String> unread) {
    }

    private static <K, V> Map<K, V> bounded(int most) {
        return new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > most;
            }
        };
    }

    /** Keeps those that are not there yet. @return whether there were any */
    synchronized boolean put(Collection<Notice> notices) {
        boolean changed = false;
        for (Notice notice : notices.stream().sorted(Comparator.comparing(Notice::at)).toList()) {
            Deque<Notice> shelf = kept.computeIfAbsent(notice.kind(), _ -> new ArrayDeque<>());
            if (shelf.stream().noneMatch(known -> known.key().equals(notice.key())) && (shelf.size() < KEPT || !notice.at().isBefore(shelf.getFirst().at()))) {
                shelf.addLast(notice);
                if (shelf.size() > KEPT) {
                    shelf.removeFirst();
                }
                changed = true;
            }
        }
        return changed;
    }

    /** @param own what concerns nobody else */
    synchronized Seen of(Principal reader, List<Notice> own) {
        Set<String> marks = read.getOrDefault(reader.name(), Set.of());
        List<Notice> shown = Stream.concat(own.stream(), kept.values().stream().flatMap(Deque::stream)).filter(notice -> notice.kind().concerns(reader))
                .sorted(Comparator.comparing(Notice::at).reversed()).limit(SHOWN).toList();
        Set<String> unread = new LinkedHashSet<>();
        shown.stream().map(Notice::key).filter(key -> !marks.contains(key)).forEach(unread::add);
        return new Seen(shown, Collections.unmodifiableSet(unread));
    }

    synchronized void markRead(String reader, Collection<String> keys) {
        Set<String> marks = read.computeIfAbsent(reader, _ -> Collections.newSetFromMap(bounded(MARKS)));
        marks.addAll(new ArrayList<>(keys));
    }

    /** Keys of what somebody has read, the latest last. */
    synchronized List<String> read(String reader) {
        return List.copyOf(read.getOrDefault(reader, Set.of()));
    }

    /** What somebody had read before. @param keys the latest first */
    synchronized void remember(String reader, List<String> keys) {
        List<String> since = read(reader);
        read.remove(reader);
        markRead(reader, keys.reversed());
        markRead(reader, since);
        remembered.put(reader, true);
    }

    synchronized boolean remembers(String reader) {
        return remembered.containsKey(reader);
    }
}
