package io.partita.console;

import java.util.HashMap;
import java.util.Map;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/** Turns {@code partita.console.tls.*}, as members do with theirs, into what the web server understands; it reads the files again when they change. */
final class TlsChoice implements EnvironmentPostProcessor, Ordered {

    private static final String TLS = "partita.console.tls.";
    private static final String BUNDLE = "spring.ssl.bundle.pem.partita.";

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        String certificate = environment.getProperty(TLS + "certificate", "");
        String key = environment.getProperty(TLS + "key", "");
        if (certificate.isBlank() || key.isBlank()) {
            return;
        }
        Map<String, Object> properties = new HashMap<>(Map.of(
                BUNDLE + "keystore.certificate", "file:" + certificate, BUNDLE + "keystore.private-key", "file:" + key,
                BUNDLE + "reload-on-update", "true", "spring.ssl.bundle.watch.file.quiet-period", "1s",
                "server.ssl.bundle", "partita", "server.ssl.enabled-protocols", "TLSv1.3,TLSv1.2"));
        String clients = environment.getProperty(TLS + "client-ca", "");
        if (!clients.isBlank()) {
            properties.put(BUNDLE + "truststore.certificate", "file:" + clients);
            properties.put("server.ssl.client-auth", "need");
        }
        environment.getPropertySources().addFirst(new MapPropertySource("partita-tls", properties));
    }

    @Override
    public int getOrder() {
        return ConfigDataEnvironmentPostProcessor.ORDER + 1;
    }
}
