package io.partita.member.status;

import com.hazelcast.core.HazelcastInstance;
import io.partita.member.Version;
import io.partita.member.status.StatusAnswer.Part;
import io.partita.member.status.StatusAnswer.State;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.springframework.boot.health.actuate.endpoint.CompositeHealthDescriptor;
import org.springframework.boot.health.actuate.endpoint.HealthDescriptor;
import org.springframework.boot.health.actuate.endpoint.HealthEndpoint;
import org.springframework.boot.health.actuate.endpoint.IndicatedHealthDescriptor;
import org.springframework.boot.health.contributor.Status;
import org.springframework.scheduling.annotation.Scheduled;

/** Puts together how the member is. Thread-safe. */
final class StatusService {

    /** What people know the parts by, and which part of the health says how each is. */
    private static final Map<String, String> PARTS = parts();

    private final HealthEndpoint health;
    private final HazelcastInstance hazelcast;
    private final Promises promises;
    private final ServiceLevels levels;
    private final InstantSource clock;

    StatusService(HealthEndpoint health, HazelcastInstance hazelcast, Promises promises, ServiceLevels levels, InstantSource clock) {
        this.health = health;
        this.hazelcast = hazelcast;
        this.promises = promises;
        this.levels = levels;
        this.clock = clock;
    }

    private static Map<String, String> parts() {
        Map<String, String> parts = new LinkedHashMap<>();
        parts.put("cluster", "grid");
        parts.put("database", "db");
        parts.put("ledger", "ledger");
        parts.put("trading", "trading");
        parts.put("streams", "streams");
        return parts;
    }

    @Scheduled(initialDelay = 10, fixedDelay = 10, timeUnit = TimeUnit.SECONDS)
    void look() {
        promises.look();
        levels.look();
    }

    StatusAnswer status() {
        Map<String, Part> parts = new LinkedHashMap<>();
        PARTS.forEach((name, component) -> parts.put(name, part(health.healthForPath(component))));
        List<ServiceLevels.Level> kept = levels.levels();
        return new StatusAnswer(state(parts, kept), hazelcast.getCluster().getLocalMember().getUuid().toString(), Version.text(),
                Instant.ofEpochMilli(ManagementFactory.getRuntimeMXBean().getStartTime()), clock.instant(), parts, kept);
    }

    private static State state(Map<String, Part> parts, List<ServiceLevels.Level> levels) {
        if (parts.values().stream().anyMatch(part -> !part.works())) {
            return State.OUTAGE;
        }
        boolean broken = levels.stream().anyMatch(level -> level.burning() || level.day().budgetLeft() != null && level.day().budgetLeft() < 0);
        return broken ? State.DEGRADED : State.OPERATIONAL;
    }

    private static Part part(HealthDescriptor found) {
        return switch (found) {
            case CompositeHealthDescriptor all when !all.getStatus().equals(Status.UP) -> all.getComponents().values().stream().map(StatusService::part)
                    .filter(part -> !part.works()).findFirst().orElse(new Part(false, all.getStatus().getCode()));
            case IndicatedHealthDescriptor one when !one.getStatus().equals(Status.UP) ->
                    new Part(false, one.getDetails() == null ? one.getStatus().getCode() : String.valueOf(one.getDetails().getOrDefault("reason", one.getStatus().getCode())));
            default -> new Part(true, null);
        };
    }
}
