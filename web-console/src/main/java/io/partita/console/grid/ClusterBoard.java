package io.partita.console.grid;

import com.vaadin.flow.shared.Registration;
import io.partita.console.api.Poll;
import io.partita.console.grid.ClusterApi.Cluster;
import io.partita.console.grid.ClusterApi.MapFigures;
import io.partita.console.grid.ClusterApi.Shard;
import jakarta.annotation.PreDestroy;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.springframework.stereotype.Component;

/** The cluster, asked for once for all pages, and only while one of them shows it. Thread-safe. */
@Component
class ClusterBoard {

    /** As often as members tell. */
    static final Duration EVERY = Duration.ofSeconds(3);

    private final ClusterApi api;
    private final Poll<Seen> poll;

    /** One look. */
    record Seen(Cluster cluster, List<MapFigures> maps, List<Shard> shards) {
    }

    ClusterBoard(ClusterApi api) {
        this.api = api;
        poll = new Poll<>("cluster", EVERY, Poll.Diligence.WHILE_WATCHED, this::ask);
    }

    private Seen ask() {
        Cluster cluster = api.cluster().found().orElse(null);
        return cluster == null ? null : new Seen(cluster, api.maps().found().orElse(List.of()), api.shards().found().orElse(List.of()));
    }

    Registration listen(Consumer<Seen> listener) {
        return poll.listen(listener);
    }

    @PreDestroy
    void close() {
        poll.close();
    }
}
