package io.partita.member.security.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.core.HazelcastInstance;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.partita.member.PartitaProperties;
import io.partita.member.grid.GridConfiguration;
import io.partita.member.testing.TestDatabase;
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

    private static final String CLUSTER = "limits-" + UUID.randomUUID();
    private static final int[] PORTS = {TestDatabase.freePort(), TestDatabase.freePort()};

    private final PartitaProperties.Edge settings = PartitaProperties.of(Map.of("partita.edge.paths", "GET /api/v1/grid=" + LIMIT + "/m")).edge();
    private final List<HazelcastInstance> grid = List.of(start(0), start(1));
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    private static HazelcastInstance start(int index) {
        return GridConfiguration.start(PartitaProperties.of(Map.of("partita.grid.name", CLUSTER, "partita.grid.port", Integer.toString(PORTS[index]),
                "partita.grid.addresses", "127.0.0.1:" + PORTS[0] + ",127.0.0.1:" + PORTS[1])));
    }

    @AfterEach
    void close() {
        grid.forEach(member -> member.getLifecycleService().terminate());
    }

    private RateLimits member(int index) {
        return new RateLimits(grid.get(index), settings, meters);
    }

    private static Optional<Principal> caller(String name) {
        return Optional.of(new Principal(name, Principal.Kind.SERVICE, Set.of(), Set.of(), Optional.empty(), "key-of-" + name));
    }

    private static long passed(RateLimits member, String caller, int requests) {
        return IntStream.range(0, requests).filter(i -> member.take(caller(caller), "127.0.0.1", RULE).passes()).count();
    }

    @Test
    void members_give_out_of_one_bucket_whichever_of_them_keeps_it() {
        assertThat(grid).allMatch(member -> member.getCluster().getMembers().size() == 2);
        List<RateLimits> members = List.of(member(0), member(1));
        for (String caller : List.of("ada", "bob", "cyd", "dan")) {
            long passed = 0;
            for (int i = 0; i < LIMIT; i++) {
                passed += passed(members.get(0), caller, 1) + passed(members.get(1), caller, 1);
            }
            // Some seconds may have added a few to the bucket.
            assertThat(passed).as(caller).isBetween((long) LIMIT, LIMIT + 20L);
            RateLimits.Verdict refused = IntStream.range(0, 2 * LIMIT).mapToObj(i -> members.get(0).take(caller(caller), "127.0.0.1", RULE)).filter(one -> !one.passes())
                    .findFirst().orElseThrow();
            assertThat(refused.limit().count()).isEqualTo(LIMIT);
            assertThat(refused.waitNanos()).isPositive();
        }
        assertThat(passed(members.get(1), "eve", LIMIT / 2)).as("somebody else's bucket").isEqualTo(LIMIT / 2);
        assertThat(meters.counter("partita.edge.rate.alone").count()).as("the grid was always there").isZero();
    }

    @Test
    void a_member_that_has_lost_the_grid_counts_alone() {
        RateLimits member = member(0);
        assertThat(passed(member, "ada", 1)).isEqualTo(1);
        close();
        assertThat(passed(member, "bob", 1_000)).isBetween(1L, LIMIT / 2L);
    }

    @Test
    void a_setting_that_is_no_limit_is_named() {
        for (String wrong : List.of("", "/api/v1/grid=1/s", "GET /x=0/s", "GET /x=1/h", "GET /x")) {
            Assertions.assertThatIllegalArgumentException().as(wrong).isThrownBy(() -> PathLimit.parse(wrong)).withMessageContaining("partita.edge.paths");
        }
    }
}
