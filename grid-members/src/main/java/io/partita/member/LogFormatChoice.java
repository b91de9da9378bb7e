package io.partita.member;

import java.util.Map;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/** Turns {@code partita.logs=json} into what the logging system, which starts before everything else, understands. */
final class LogFormatChoice implements EnvironmentPostProcessor, Ordered {

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        if ("json".equalsIgnoreCase(environment.getProperty("partita.logs"))) {
            environment.getPropertySources().addFirst(new MapPropertySource("partita-logs", Map.of(
                    "logging.structured.format.console", "ecs",
                    "logging.structured.ecs.service.version", Version.text(),
                    // The names of ECS for what a trace puts beside the correlation id.
                    "logging.structured.json.rename.traceId", "trace.id",
                    "logging.structured.json.rename.spanId", "span.id",
                    // A banner is no JSON.
                    "spring.main.banner-mode", "off")));
        }
    }

    @Override
    public int getOrder() {
        return ConfigDataEnvironmentPostProcessor.ORDER + 1;
    }
}
