package io.partita.member;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.boot.micrometer.tracing.autoconfigure.MicrometerTracingAutoConfiguration;
import org.springframework.boot.micrometer.tracing.autoconfigure.NoopTracerAutoConfiguration;
import org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.OpenTelemetryTracingAutoConfiguration;
import org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.otlp.OtlpTracingAutoConfiguration;
import org.springframework.boot.opentelemetry.autoconfigure.OpenTelemetrySdkAutoConfiguration;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.util.StringUtils;

/** Turns {@code partita.tracing} into what Spring understands; without an endpoint nothing of it is there at all. */
final class TracingChoice implements EnvironmentPostProcessor, Ordered {

    private static final List<Class<?>> MACHINERY = List.of(OpenTelemetrySdkAutoConfiguration.class, OpenTelemetryTracingAutoConfiguration.class,
            OtlpTracingAutoConfiguration.class, MicrometerTracingAutoConfiguration.class, NoopTracerAutoConfiguration.class);

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        String endpoint = environment.getProperty("partita.tracing.endpoint");
        Map<String, Object> choice = new LinkedHashMap<>();
        // Log lines are a matter of partita.logs.
        choice.put("management.logging.export.otlp.enabled", "false");
        if (StringUtils.hasText(endpoint)) {
            choice.put("management.opentelemetry.tracing.export.otlp.endpoint", endpoint);
            choice.put("management.tracing.sampling.probability", environment.getProperty("partita.tracing.sample", "0.1"));
            choice.put("management.tracing.propagation.type", "W3C");
            // What a member does every second of its own accord is no part of anybody's request.
            choice.put("management.observations.enable.tasks.scheduled.execution", "false");
            choice.put("management.opentelemetry.resource-attributes.service.version", Version.text());
        } else {
            String already = environment.getProperty("spring.autoconfigure.exclude");
            for (Class<?> each : MACHINERY) {
                already = StringUtils.hasText(already) ? already + "," + each.getName() : each.getName();
            }
            choice.put("spring.autoconfigure.exclude", already);
        }
        environment.getPropertySources().addFirst(new MapPropertySource("partita-tracing", choice));
    }

    @Override
    public int getOrder() {
        return ConfigDataEnvironmentPostProcessor.ORDER + 1;
    }
}
