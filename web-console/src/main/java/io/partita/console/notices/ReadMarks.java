package io.partita.console.notices;

import io.partita.console.api.Answer;
import io.partita.console.api.MemberApi;
import io.partita.console.api.MemberApi.Query;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Which notices somebody has read, kept on the members among what they keep for themselves, so that it outlives the console. Thread-safe; calls block, in the caller's name. */
final class ReadMarks {

    private static final String PATH = "/auth/preferences/notices.read";
    /** A member keeps 4,096 at most. */
    private static final int MOST_CHARACTERS = 4_000;
    /** Of a key's quotes and comma. */
    private static final int AROUND = 3;

    private final MemberApi api;

    ReadMarks(MemberApi api) {
        this.api = api;
    }

    /** Keys of what was read; nothing if nobody can tell at the moment. */
    Optional<List<String>> load() {
        return switch (api.get(PATH, Query.NONE, String[].class)) {
            case Answer.Done<String[]>(String[] keys) -> Optional.of(List.of(keys));
            case Answer.Refused<String[]>(var problem) when problem.notFound() -> Optional.of(List.of());
            case Answer.Refused<String[]> _, Answer.Unreachable<String[]> _ -> Optional.empty();
        };
    }

    /** Keeps them in place of those before. What cannot be kept is new once more after the next start. @param keys the latest last, of which as many are kept as there is room for */
    void keep(Collection<String> keys) {
        api.put(PATH, room(keys), Void.class);
    }

    /** The latest first. */
    static List<String> room(Collection<String> keys) {
        int[] left = {MOST_CHARACTERS};
        return List.copyOf(keys).reversed().stream().takeWhile(key -> (left[0] -= key.length() + AROUND) >= 0).toList();
    }
}
