package io.partita.member.risk.live;

import com.hazelcast.core.HazelcastInstance;
import io.micrometer.core.instrument.MeterRegistry;
import io.partita.member.marketdata.FeedMeters;
import io.partita.member.positions.LivePnl;
import io.partita.member.positions.PortfolioTables;
import io.partita.member.risk.limits.OpenBreaches;
import io.partita.member.security.access.SocketGuard;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** The place of live risk in a member. */
@Configuration(proxyBeanMethods = false)
class RiskFeedConfiguration {

    /** No bean: there is one for market data, and they are not the same. */
    private final FeedMeters meters;

    RiskFeedConfiguration(MeterRegistry registry) {
        meters = new FeedMeters(registry, "partita.risk");
    }

    @Bean
    RiskHub riskHub(HazelcastInstance hazelcast, LivePnl pnl, PortfolioTables tables, OpenBreaches breaches, JsonMapper json) {
        return new RiskHub(hazelcast, pnl, tables, breaches, new RiskMessages(json), meters, InstantSource.system());
    }

    @Bean
    RiskSocket riskSocket(SocketGuard guard, RiskHub hub) {
        return new RiskSocket(guard, hub, meters);
    }
}
