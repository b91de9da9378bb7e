package io.partita.member.drill.desk;

import com.hazelcast.core.HazelcastInstance;
import io.partita.member.PartitaProperties;
import org.jdbi.v3.core.Jdbi;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationInitializer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** The desk of drills in a member. */
@Configuration(proxyBeanMethods = false)
class DrillDeskConfiguration {

    @Bean
    DrillDesk drillDesk(Jdbi jdbi, JsonMapper json, PartitaProperties settings, HazelcastInstance hazelcast, FlywayMigrationInitializer migrated) {
        var address = hazelcast.getCluster().getLocalMember().getAddress();
        return new DrillDesk(new DrillTables(jdbi, json), settings, address.getHost() + ":" + address.getPort());
    }
}
