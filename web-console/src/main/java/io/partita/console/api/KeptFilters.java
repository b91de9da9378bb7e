package io.partita.console.api;

import io.partita.console.api.MemberApi.Query;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Filters of lists that people keep under names of their own, on the members. Thread-safe; calls block. */
@Component
public class KeptFilters {

    private static final String PATH = "/auth/preferences";

    private final MemberApi api;

    KeptFilters(MemberApi api) {
        this.api = api;
    }

    /** A filter. @param key by which it is kept @param query as it stands in the address */
    public record Kept(String key, String name, String query) {
    }

    /** How it is kept. */
    private record Value(String name, String query) {
    }

    /** Those of a list. */
    public Answer<List<Kept>> of(String list) {
        record Found(String name, JsonNode value) {
        }
        return api.get(PATH, Query.NONE.with("prefix", prefix(list)), Found[].class).map(found -> List.of(found).stream()
                .map(each -> new Kept(each.name(), each.value().path("name").asString(""), each.value().path("query").asString(""))).filter(each -> !each.name().isBlank()).toList());
    }

    /** Keeps one more. */
    public Answer<Void> keep(String list, String name, String query) {
        return keep(new Kept(prefix(list) + UUID.randomUUID().toString().substring(0, 8), name, query));
    }

    /** Keeps it in place of the one that has its key. */
    public Answer<Void> keep(Kept filter) {
        return api.put(PATH + '/' + filter.key(), new Value(filter.name(), filter.query()), Void.class);
    }

    public Answer<Void> forget(Kept filter) {
        return api.delete(PATH + '/' + filter.key(), Query.NONE, Void.class);
    }

    private static String prefix(String list) {
        return "filter." + list + '.';
    }
}
