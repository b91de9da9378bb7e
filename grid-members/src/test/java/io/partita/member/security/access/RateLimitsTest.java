package io.partita.member.security.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.config.Config;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.partita.member.PartitaProperties;
import io.partita.security.Principal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.http.server.PathContainer;

class RateLimitsTest {

    private static final int LIMIT = 100;
    private static final Optional<AccessRule> RULE = new AccessTable().find("GET", PathContainer.parsePath("/api/v1/grid")).rule();

    private final HazelcastInstance grid = Hazelcast.newHazelcastInstance(config());
    private final PartitaProperties.Edge settings = PartitaProperties.of(Map.of("partita.edge.paths", "GET /api/v1/grid=" + LIMIT + "/m")).edge();

    private static Config config() {
        Config config = new Config().setClusterName("limits-" + UUID.randomUUID()).setProperty("hazelcast.logging.type", "none");
        config.getNetworkConfig().getJoin().getAutoDetectionConfig().setEnabled(false);
        config.getNetworkConfig().getJoin().getMulticastConfig().setEnabled(false);
        return config;
    }

    @AfterEach
    void close() {
        grid.shutdown();
    }

    private RateLimits member() {
        return new RateLimits(grid, settings, new SimpleMeterRegistry());
    }

    private static Optional<Principal> caller(String name) {
        return Optional.of(new Principal(name, Principal.Kind.SERVICE, Set.of(), Set.of(), Optional.empty(), "key-of-" + name));
    }

    private static long passed(RateLimits member, String caller, int requests) {
        return IntStream.range(0, requests).filter(i -> member.take(caller(caller), "127.0.0.1", RULE).passes()).count();
    }

    @Test
    void members_give_out_of_one_bucket() {
        List<RateLimits> members = List.of(member(), member());
        long passed = 0;
        for (int i = 0; i < LIMIT; i++) {
            passed += passed(members.get(0), "ada", 1) + passed(members.get(1), "ada", 1);
        }
        // Some seconds may have added a few to the bucket.
        assertThat(passed).isBetween((long) LIMIT, LIMIT + 20L);
        RateLimits.Verdict refused = IntStream.range(0, 2 * LIMIT).mapToObj(i -> members.get(0).take(caller("ada"), "127.0.0.1", RULE)).filter(one -> !one.passes()).findFirst().orElseThrow();
        assertThat(refused.limit().count()).isEqualTo(LIMIT);
        assertThat(refused.waitNanos()).isPositive();
        assertThat(passed(members.get(1), "bob", LIMIT / 2)).as("somebody else's bucket").isEqualTo(LIMIT / 2);
    }

    @Test
    void a_member_that_has_lost_the_grid_counts_alone() {
        RateLimits member = member();
        assertThat(passed(member, "ada", 1)).isEqualTo(1);
        grid.shutdown();
        assertThat(passed(member, "bob", 1_000)).isBetween(1L, LIMIT / 2L);
    }

    @Test
    void a_setting_that_is_no_limit_is_named() {
        for (String wrong : List.of("", "/api/v1/grid=1/s", "GET /x=0/s", "GET /x=1/h", "GET /x")) {
            Assertions.assertThatIllegalArgumentException().as(wrong).isThrownBy(() -> PathLimit.parse(wrong)).withMessageContaining("partita.edge.paths");
        }
    }
}
