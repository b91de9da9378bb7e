package io.partita.member.tracing;

import io.micrometer.tracing.exporter.SpanExportingPredicate;
import io.opentelemetry.api.trace.Tracer;
import io.partita.tracing.Tracing;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.server.observation.ServerRequestObservationConvention;

/** The place of traces in a member. */
@Configuration(proxyBeanMethods = false)
class TracingConfiguration {

    @Bean
    Tracing tracing(ObjectProvider<Tracer> collector) {
        Tracer tracer = collector.getIfAvailable();
        return tracer == null ? Tracing.NONE : new OpenTelemetryTracing(tracer);
    }

    /** Probes and scrapes come every few seconds, and tell nothing. */
    @Bean
    SpanExportingPredicate whatCallersAsk() {
        return span -> {
            String path = span.getTags().getOrDefault("http.url", "");
            return !path.startsWith("/health") && !path.startsWith("/metrics");
        };
    }

    @Bean
    ServerRequestObservationConvention correlatedRequests() {
        return new CorrelatedRequests();
    }
}
