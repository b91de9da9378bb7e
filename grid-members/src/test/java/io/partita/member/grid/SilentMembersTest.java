package io.partita.member.grid;

import static org.awaitility.Awaitility.await;

import com.hazelcast.cluster.Member;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.instance.impl.HazelcastInstanceProxy;
import com.hazelcast.internal.cluster.impl.ClusterServiceImpl;
import io.partita.member.PartitaProperties;
import io.partita.member.testing.TestDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SilentMembersTest {

    private final String name = "silent-" + UUID.randomUUID();
    private final List<Integer> ports = IntStream.range(0, 3).mapToObj(member -> TestDatabase.freePort()).toList();
    private final List<HazelcastInstance> members = new ArrayList<>();
    private final List<SilentMembers> watching = new ArrayList<>();

    @AfterEach
    void close() {
        watching.forEach(SilentMembers::close);
        Hazelcast.getAllHazelcastInstances().stream().filter(member -> member.getConfig().getClusterName().equals(name))
                .forEach(member -> member.getLifecycleService().terminate());
    }

    private HazelcastInstance start(int port) {
        String addresses = ports.stream().map(each -> "127.0.0.1:" + each).collect(Collectors.joining(","));
        return GridConfiguration.start(PartitaProperties.of(Map.of("partita.grid.name", name, "partita.grid.port", Integer.toString(port),
                "partita.grid.addresses", addresses, "partita.grid.heartbeat-timeout", "20s")));
    }

    private static ClusterServiceImpl cluster(HazelcastInstance member) {
        return ((HazelcastInstanceProxy) member).getOriginal().node.getClusterService();
    }

    private void suspect(int by, int suspected) {
        Member member = cluster(members.get(by)).getMember(members.get(suspected).getLocalEndpoint().getUuid());
        cluster(members.get(by)).suspectMember(member, "a split", true);
    }

    @Test
    void a_member_whose_suspected_master_struck_it_off_becomes_one_of_the_cluster_again() {
        ports.forEach(port -> members.add(start(port)));
        awaitOneCluster();
        members.forEach(member -> watching.add(new SilentMembers(member, Duration.ofSeconds(6))));
        // The third suspects its master, takes a list without the second from it, and is struck off: nobody is left that it could suspect.
        suspect(2, 0);
        suspect(0, 1);
        await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(1)).until(() -> members.get(2).getCluster().getMembers().size() == 2);
        suspect(0, 2);
        awaitOneCluster();
    }

    private void awaitOneCluster() {
        await().atMost(Duration.ofSeconds(90)).until(() -> members.stream().allMatch(member -> member.getCluster().getMembers().size() == 3));
    }
}
