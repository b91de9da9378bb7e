package io.partita.member.drill.load;

import com.hazelcast.client.config.ClientConfig;
import com.hazelcast.cluster.Address;
import com.hazelcast.config.DiscoveryStrategyConfig;
import com.hazelcast.config.properties.PropertyDefinition;
import com.hazelcast.logging.ILogger;
import com.hazelcast.spi.discovery.AbstractDiscoveryStrategy;
import com.hazelcast.spi.discovery.DiscoveryNode;
import com.hazelcast.spi.discovery.DiscoveryStrategy;
import com.hazelcast.spi.discovery.DiscoveryStrategyFactory;
import com.hazelcast.spi.discovery.SimpleDiscoveryNode;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Sends a Hazelcast client to members by way of relays of its own, so that the road between this client and a member can be cut
 * without cutting anybody else's. A member goes by its own address everywhere; only connections are redirected.
 */
final class Detours {

    private Detours() {
    }

    /**
     * @param members all members, {@code host:port}
     * @param through some of them to where a connection to them goes
     */
    static void configure(ClientConfig config, List<String> members, Map<String, String> through) {
        List<DiscoveryNode> nodes = new ArrayList<>();
        members.forEach(member -> nodes.add(new SimpleDiscoveryNode(address(member), address(through.getOrDefault(member, member)))));
        config.setProperty("hazelcast.discovery.enabled", "true");
        config.setProperty("hazelcast.discovery.public.ip.enabled", "true");
        config.getNetworkConfig().setAddresses(List.of());
        config.getNetworkConfig().getDiscoveryConfig().addDiscoveryStrategyConfig(new DiscoveryStrategyConfig(new Known(nodes)));
    }

    private static Address address(String text) {
        int colon = text.lastIndexOf(':');
        try {
            return new Address(text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(text + " is no address of a member", e);
        }
    }

    /** "Discovers" what is known. */
    private record Known(List<DiscoveryNode> nodes) implements DiscoveryStrategyFactory {

        @Override
        public Class<? extends DiscoveryStrategy> getDiscoveryStrategyType() {
            return Strategy.class;
        }

        @Override
        @SuppressWarnings("rawtypes")
        public DiscoveryStrategy newDiscoveryStrategy(DiscoveryNode self, ILogger logger, Map<String, Comparable> properties) {
            return new Strategy(nodes, logger);
        }

        @Override
        public Collection<PropertyDefinition> getConfigurationProperties() {
            return List.of();
        }
    }

    private static final class Strategy extends AbstractDiscoveryStrategy {

        private final List<DiscoveryNode> nodes;

        Strategy(List<DiscoveryNode> nodes, ILogger logger) {
            super(logger, Map.of());
            this.nodes = nodes;
        }

        @Override
        public Iterable<DiscoveryNode> discoverNodes() {
            return nodes;
        }
    }
}
