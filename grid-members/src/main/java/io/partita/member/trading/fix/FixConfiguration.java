package io.partita.member.trading.fix;

import com.hazelcast.core.HazelcastInstance;
import io.partita.marketdata.MarketDataClient;
import io.partita.member.PartitaProperties;
import io.partita.member.database.DatabaseConfiguration;
import io.partita.member.security.Authenticator;
import io.partita.member.security.audit.AuditTrail;
import io.partita.member.trading.TradingService;
import io.partita.trading.accounts.OrderClient;
import java.time.InstantSource;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import quickfix.ConfigError;

/** FIX's place in a member: once trading is there, and only where somebody may log on. */
@Configuration(proxyBeanMethods = false)
class FixConfiguration {

    @Bean
    FixAccess fixAccess(PartitaProperties settings, HazelcastInstance hazelcast, @Qualifier(DatabaseConfiguration.TRADING) Jdbi jdbi, TradingService trading, OrderClient client,
                        MarketDataClient market, Authenticator authenticator, AuditTrail trail) throws ConfigError {
        return new FixAccess(settings.fix().sessions().isEmpty() ? Optional.empty()
                : Optional.of(new FixGateway(settings, hazelcast, jdbi, trading, client, market, new FixGuard(authenticator, trail), InstantSource.system()).start()));
    }
}
