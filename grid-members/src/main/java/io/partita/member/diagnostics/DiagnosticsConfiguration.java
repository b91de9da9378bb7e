package io.partita.member.diagnostics;

import com.hazelcast.core.HazelcastInstance;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.partita.pipelines.JobClient;
import javax.sql.DataSource;
import org.springframework.boot.health.actuate.endpoint.HealthEndpoint;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.ConfigurableEnvironment;
import tools.jackson.databind.json.JsonMapper;

/** What is in the archive of a member. */
@Configuration(proxyBeanMethods = false)
class DiagnosticsConfiguration {

    @Bean
    RecentLog recentLog() {
        return RecentLog.listening();
    }

    @Bean
    Diagnostics diagnostics(ConfigurableEnvironment environment, RecentLog log, HealthEndpoint health, PrometheusMeterRegistry metrics, HazelcastInstance hazelcast,
                            JobClient jobs, DataSource database, JsonMapper json) {
        Redaction redaction = Redaction.of(environment);
        DatabaseReport report = new DatabaseReport(database);
        return new Diagnostics(redaction)
                .with("versions.txt", Machine::versions)
                .with("settings.txt", () -> redaction.masked(environment))
                .with("health.json", () -> json.writerWithDefaultPrettyPrinter().writeValueAsString(health.health()))
                .with("cluster.txt", () -> Machine.cluster(hazelcast))
                .with("jobs.json", () -> json.writerWithDefaultPrettyPrinter().writeValueAsString(jobs.jobs()))
                .with("metrics.txt", metrics::scrape)
                .with("threads.txt", Machine::threads)
                .with("heap.txt", Machine::heap)
                .with("collections.txt", Machine::collections)
                .with("database/schema.tsv", report::schema)
                .with("database/slow.tsv", report::slow)
                .with("database/tables.tsv", report::tables)
                .with("log.txt", log::text);
    }
}
