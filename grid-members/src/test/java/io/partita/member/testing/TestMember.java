package io.partita.member.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.core.HazelcastInstance;
import io.partita.member.PartitaMember;
import io.partita.member.rest.ClientKey;
import io.partita.member.trading.fix.FixAccess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.commons.io.FileUtils;
import org.awaitility.Awaitility;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * A whole member on free ports, in a cluster of its own, over a database of its own.
 *
 * <pre>{@code
 * private static final TestMember MEMBER = TestMember.start();
 * @AfterAll static void close() { MEMBER.close(); }
 * ... MEMBER.uri("/api/v1/grid") ...
 * }</pre>
 */
public final class TestMember implements AutoCloseable {

    private final TestDatabase database;
    private final Path data;
    private final String cluster;
    private final int gridPort;
    private final int port;
    /** Null once it is closed: test classes keep their members in constants, and each would keep all that it was made of until the last class has run. */
    private ConfigurableApplicationContext context;
    /** By database: the operator's key, which the member writes that found it empty. */
    private static final Map<String, ClientKey> KEYS = new ConcurrentHashMap<>();
    private final ClientKey key;

    private TestMember(TestDatabase database, Path data, String cluster, int gridPort, ConfigurableApplicationContext context, ClientKey key) {
        this.database = database;
        this.data = data;
        this.cluster = cluster;
        this.gridPort = gridPort;
        this.context = context;
        this.port = ((WebServerApplicationContext) context).getWebServer().getPort();
        this.key = key;
        Http.register(port, key);
        bean(FixAccess.class).gateway().ifPresent(fix -> Http.register(fix.port(), key));
    }

    /** A member that is told the time by a test. */
    public static TestMember start(Map<String, String> settings, InstantSource clock) {
        SpringApplication application = PartitaMember.application();
        application.addInitializers(context -> context.getBeanFactory().registerSingleton("clock", clock));
        return start(application, settings);
    }

    /** A member with its defaults, without the demo world. */
    public static TestMember start() {
        return start(Map.of());
    }

    /**
     * A member with some settings (full names, {@code partita.ledger.lanes}). Two members are one cluster if they are told the
     * same {@code partita.grid.name}, {@code partita.grid.addresses} and {@code partita.database.url}.
     */
    public static TestMember start(Map<String, String> settings) {
        return start(PartitaMember.application(), settings);
    }

    private static TestMember start(SpringApplication application, Map<String, String> settings) {
        TestDatabase database = TestDatabase.fresh();
        String cluster = "test-" + UUID.randomUUID();
        int gridPort = TestDatabase.freePort();
        Path data = temporary();
        Map<String, String> all = new LinkedHashMap<>(Map.of(
                "partita.data", data.toString(), "partita.demo", "false", "partita.http.port", "0",
                "partita.grid.name", cluster, "partita.grid.port", Integer.toString(gridPort),
                "partita.grid.backups", "0",
                "partita.database.url", database.url(), "partita.database.user", database.user()));
        all.putAll(Map.of(
                "spring.main.banner-mode", "off", "partita.security.four-eyes", ""));
        all.putAll(settings);
        ConfigurableApplicationContext context = application.run(
                all.entrySet().stream().map(e -> "--" + e.getKey() + '=' + e.getValue()).toArray(String[]::new));
        Path written = Path.of(all.getOrDefault("partita.security.operator-key-file", data.resolve("operator.key").toString()));
        ClientKey key = KEYS.compute(all.get("partita.database.url"), (url, known) -> Files.exists(written) ? ClientKey.read(written) : known == null ? ClientKey.NONE : known);
        return new TestMember(database, data, all.get("partita.grid.name"), Integer.parseInt(all.get("partita.grid.port")), context, key);
    }

    private static Path temporary() {
        try {
            return Files.createTempDirectory("partita-test-member");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until the member serves the ledger. */
    public void awaitReady() {
        Awaitility.await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            Http.Answer ready = Http.get(uri("/health/ready"));
            assertThat(ready.status()).as(ready.toString()).isEqualTo(200);
        });
    }

    /** An address of the REST interface, given its path and query. */
    public URI uri(String pathAndQuery) {
        return URI.create("http://127.0.0.1:" + port + pathAndQuery);
    }

    /** The port of the REST interface. */
    public int port() {
        return port;
    }

    /** The operator's key: whoever presents it may do everything. */
    public ClientKey key() {
        return key;
    }

    /** A file with it; of the member that found the database empty. */
    public Path keyFile() {
        return data.resolve("operator.key");
    }

    /** The name of its cluster. */
    public String cluster() {
        return cluster;
    }

    /** Where a Hazelcast client connects. */
    public String gridAddress() {
        return "127.0.0.1:" + gridPort;
    }

    public Path data() {
        return data;
    }

    public TestDatabase database() {
        return database;
    }

    public HazelcastInstance hazelcast() {
        return bean(HazelcastInstance.class);
    }

    /** A bean of the member. */
    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    /** All beans of the member that are of a type. */
    public <T> Collection<T> beans(Class<T> type) {
        return context.getBeansOfType(type).values();
    }

    @Override
    public void close() {
        if (context == null) {
            return;
        }
        context.close();
        context = null;
        database.close();
        FileUtils.deleteQuietly(data.toFile());
    }
}
