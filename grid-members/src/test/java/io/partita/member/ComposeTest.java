package io.partita.member;

import static org.assertj.core.api.Assertions.assertThat;

import io.partita.member.drill.DrillCatalogue;
import io.partita.member.security.SharedSecrets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.yaml.snakeyaml.Yaml;

/** The compose file, checked as far as that goes without docker: what refers to something refers to something that is there. */
class ComposeTest {

    private static final Path COMPOSE = Path.of("../compose");
    private static final Map<String, Object> FILE = map(yaml("docker-compose.yml"));
    private static final Map<String, Object> SERVICES = map(FILE.get("services"));
    private static final List<String> MEMBERS = List.of("member-1", "member-2", "member-3");
    private static final Pattern PINNED = Pattern.compile("[a-z0-9./-]+:v?\\d+\\.\\d+[A-Za-z0-9._-]*");
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Za-z_]+)(:?-[^}]*)?}");

    /** What the first member makes, where it is {@code /keys} in a container. */
    @TempDir
    private static Path keys;

    @BeforeAll
    static void make_keys() throws IOException {
        SharedSecrets.make(keys);
    }

    @Test
    void every_image_is_pinned_or_built_here() {
        services().forEach((name, service) -> assertThat((String) service.get("image")).as(name).satisfiesAnyOf(
                image -> assertThat(image).matches(PINNED),
                image -> assertThat(map(service.get("build"))).containsEntry("dockerfile", "compose/Dockerfile").containsEntry("context", "..")));
        List<String> bases = text("Dockerfile").lines().filter(line -> line.startsWith("FROM ")).map(line -> line.split(" ")[1]).toList();
        assertThat(bases).hasSize(2).allMatch(base -> PINNED.matcher(base).matches());
    }

    @Test
    void what_the_image_copies_is_there_and_can_be_run() {
        assertThat(List.of("start", "healthy", "by-hand", "postgres/replica", "postgres/replication")).allSatisfy(script -> assertThat(COMPOSE.resolve(script)).isExecutable());
        assertThat(text("Dockerfile")).contains("compose/start compose/healthy /layers/own/", "ENTRYPOINT [\"/app/start\"]");
        services().values().forEach(service -> {
            if (service.containsKey("build")) {
                assertThat(strings(service.get("command")).getFirst()).isIn("member", "console");
            }
        });
        assertThat(text("start")).contains(PartitaMember.class.getName(), "io.partita.console.PartitaConsole");
    }

    @Test
    void networks_volumes_and_dependencies_are_declared_and_each_declaration_is_used() {
        Set<String> networks = new TreeSet<>();
        Set<String> volumes = new TreeSet<>();
        services().forEach((name, service) -> {
            networks.addAll(map(service.get("networks")).keySet());
            strings(service.get("volumes")).stream().map(volume -> volume.split(":")[0]).forEach(source -> {
                if (source.startsWith(".")) {
                    assertThat(COMPOSE.resolve(source)).as(name).exists();
                } else {
                    volumes.add(source);
                }
            });
            map(service.get("depends_on")).forEach((other, how) -> {
                assertThat(SERVICES).as(name).containsKey(other);
                assertThat(map(how)).containsEntry("condition", "service_healthy");
                assertThat(strings(map(SERVICES.get(other)).get("profiles"))).as(name + " is never there without " + other).containsAll(strings(service.get("profiles")));
            });
        });
        assertThat(networks).isEqualTo(map(FILE.get("networks")).keySet());
        assertThat(volumes).isEqualTo(map(FILE.get("volumes")).keySet());
    }

    @Test
    void every_service_says_how_it_is_and_publishes_to_this_machine_only() {
        Map<String, Set<String>> published = new TreeMap<>();
        services().forEach((name, service) -> {
            assertThat(strings(map(service.get("healthcheck")).get("test"))).as(name).hasSizeGreaterThan(1);
            assertThat(service).as(name).containsEntry("restart", "unless-stopped");
            strings(service.get("ports")).forEach(port -> {
                assertThat(port).as(name).startsWith("127.0.0.1:");
                strings(service.get("profiles")).forEach(profile ->
                        assertThat(published.computeIfAbsent(profile, all -> new TreeSet<>()).add(port.split(":")[1])).as(port + " is published twice").isTrue());
            });
        });
        assertThat(published.get("cluster")).containsExactly("8081", "8082", "8083", "8090");
        assertThat(published.get("dev")).containsExactly("1025", "8025", "8080", "8090", "9880");
        assertThat(published.get("observability")).containsExactly("1025", "16686", "3000", "4318", "8025", "9090", "9093");
    }

    @Test
    void members_have_addresses_of_their_own_and_know_each_other() {
        List<String> addresses = MEMBERS.stream().map(name -> (String) map(map(map(SERVICES.get(name)).get("networks")).get("grid")).get("ipv4_address")).toList();

        MEMBERS.forEach(name -> {
            PartitaProperties settings = settings(name);
            assertThat(settings.grid().addresses()).as(name).isEqualTo(addresses);
            assertThat(settings.grid().expectedMembers()).isEqualTo(MEMBERS.size());
            assertThat(settings.bind()).isEqualTo("0.0.0.0");
            assertThat(settings.database().url()).startsWith("jdbc:postgresql://postgres:5432/");
            assertThat(map(map(SERVICES.get(name)).get("networks"))).containsKeys("grid", "store", "front");
        });
        assertThat(map(map(SERVICES.get("postgres")).get("networks"))).as("a cut of the grid must leave the store").containsOnlyKeys("store");
        assertThat(new HashSet<>(addresses)).hasSize(MEMBERS.size()).allMatch(address -> address.startsWith("172.30.71."));
        assertThat(text("drills/lib.sh")).contains(addresses);
    }

    @Test
    void every_variable_of_a_member_is_a_setting() {
        Set<String> known = new TreeSet<>();
        variables("PARTITA", PartitaProperties.class, known);

        MEMBERS.forEach(name -> assertThat(environment(name).keySet()).allMatch(variable -> known.contains(variable) || variable.equals("KEYS")));
        Matcher byHand = Pattern.compile("\\bPARTITA_[A-Z_]+").matcher(text("by-hand"));
        assertThat(byHand.results().map(result -> result.group())).isNotEmpty().allMatch(variable -> known.contains(variable) || variable.startsWith("PARTITA_CONSOLE_"));
    }

    @Test
    void members_share_their_secrets_and_the_console_has_those_that_it_needs_and_no_others() {
        Stream.of("member", "member-1", "member-2", "member-3").forEach(name -> {
            assertThat(strings(map(SERVICES.get(name)).get("volumes"))).as(name).contains("keys:/keys", "console-keys:/keys/console");
            assertThat(environment(name)).as("made where nobody else provides them").containsEntry("KEYS", "/keys");
            for (SharedSecrets secret : SharedSecrets.values()) {
                assertThat(environment(name)).as(name).containsEntry(variable(secret.setting()), "/keys/" + secret.file());
            }
        });
        Stream.of("console", "console-dev").forEach(name -> {
            assertThat(strings(map(SERVICES.get(name)).get("volumes"))).as(name).containsExactly("console-keys:/keys/console:ro");
            assertThat(environment(name)).containsEntry("PARTITA_CONSOLE_KEYFILE", "/keys/" + SharedSecrets.CONSOLE_KEY.file())
                    .containsEntry("PARTITA_GRID_SECRETFILE", "/keys/" + SharedSecrets.GRID_SECRET.file());
        });
        assertThat(text("Dockerfile")).as("volumes belong to whom the folders in the image belong to").contains("install -d -o partita -g partita /data /keys /keys/console");
        for (SharedSecrets secret : SharedSecrets.values()) {
            assertThat(text("by-hand")).contains(variable(secret.setting()) + "=$KEYS/" + secret.file());
        }
        assertThat(text("by-hand")).contains("PARTITA_CONSOLE_KEYFILE=$KEYS/" + SharedSecrets.CONSOLE_KEY.file());
    }

    @Test
    void members_use_the_database_that_is_there() {
        Map<String, String> database = environment("postgres");
        PartitaProperties.Database settings = settings("member-1").database();

        assertThat(settings.user()).isEqualTo(database.get("POSTGRES_USER"));
        assertThat(settings.password()).isEqualTo(database.get("POSTGRES_PASSWORD"));
        assertThat(settings.url()).endsWith("/" + database.get("POSTGRES_DB"));
        int connections = MEMBERS.size() * (settings.pool() + settings.journalPool() + settings.tradingPool());
        assertThat(strings(map(SERVICES.get("postgres")).get("command"))).contains("fsync=on", "synchronous_commit=on", "max_connections=200");
        assertThat(connections).isLessThan(200);
    }

    @Test
    void without_a_choice_the_cluster_and_what_watches_it_start() {
        assertThat(text(".env")).contains("COMPOSE_PROFILES=cluster,observability\n");
        Map<String, Set<String>> profiles = new TreeMap<>();
        services().forEach((name, service) -> strings(service.get("profiles")).forEach(profile -> profiles.computeIfAbsent(profile, all -> new TreeSet<>()).add(name)));
        assertThat(profiles).containsOnlyKeys("dev", "cluster", "observability");
        assertThat(profiles.get("cluster")).contains("postgres", "postgres-replica", "console").containsAll(MEMBERS);
        assertThat(profiles.get("dev")).containsExactly("console-dev", "mail", "member", "postgres");
        assertThat(profiles.get("observability")).containsExactly("alertmanager", "grafana", "mail", "prometheus", "traces");
        PartitaProperties alone = settings("member");
        assertThat(alone.grid().expectedMembers()).isEqualTo(1);
        assertThat(alone.grid().backups()).isZero();
    }

    @Test
    void the_replica_follows_the_primary_with_a_role_that_may_do_nothing_else() {
        assertThat(environment("postgres-replica")).containsEntry("PRIMARY", "postgres")
                .containsEntry("REPLICATION_PASSWORD", environment("postgres").get("REPLICATION_PASSWORD"));
        assertThat(map(map(SERVICES.get("postgres-replica")).get("networks"))).containsOnlyKeys("store");
        assertThat(text("postgres/replication")).contains("create role replicator with replication login", "host replication replicator");
        assertThat(text("postgres/replica")).contains("-U replicator", "-X stream -R");
        assertThat(strings(map(SERVICES.get("postgres-replica")).get("command"))).as("a replica refuses fewer connections than its primary has").contains("max_connections=200");
    }

    @Test
    void alerts_reach_the_mail_catcher_and_traces_the_collector() {
        assertThat(strings(map(list(map(list(map(map(yaml("prometheus/prometheus.yml")).get("alerting")).get("alertmanagers")).getFirst()).get("static_configs")).getFirst()).get("targets")))
                .containsExactly("alertmanager:9093");
        assertThat(map(map(yaml("alertmanager/alertmanager.yml")).get("global"))).containsEntry("smtp_smarthost", "mail:1025");
        assertThat(settings("member-1").tracing().endpoint()).isEqualTo("http://traces:4318/v1/traces");
        assertThat(environment("grafana")).containsEntry("TRACES_URL", "http://traces:16686");
        assertThat(SERVICES).containsKeys("alertmanager", "mail", "traces");
    }

    @Test
    void every_service_can_be_started_by_hand() {
        String script = text("by-hand");
        assertThat(SERVICES.keySet()).allSatisfy(name -> {
            switch (name) {
                // member-1 brings the primary along, and is the one member if it is alone.
                case "postgres", "member", "console-dev" -> assertThat(script).contains("brings PostgreSQL along");
                case "member-1", "member-2", "member-3" -> assertThat(script).contains("member-[123])");
                case "postgres-replica" -> assertThat(script).contains("  replica) replica_here");
                default -> assertThat(script).contains("  " + name + ")");
            }
        });
    }

    @Test
    void prometheus_asks_every_member() {
        List<String> targets = new ArrayList<>();
        list(map(list(map(yaml("prometheus/prometheus.yml")).get("scrape_configs")).getFirst()).get("static_configs")).forEach(config -> {
            targets.addAll(strings(map(config).get("targets")));
            assertThat(map(map(config).get("labels")).get("member") + ":8080").isEqualTo(strings(map(config).get("targets")).getFirst());
        });
        assertThat(targets).containsExactlyElementsOf(MEMBERS.stream().map(name -> name + ":8080").toList());
        assertThat(list(map(list(map(yaml("prometheus/alerts.yml")).get("groups")).getFirst()).get("rules"))).isNotEmpty();
    }

    @Test
    void grafana_finds_its_datasource_and_its_dashboards() {
        Map<String, String> environment = environment("grafana");
        Map<String, Object> source = map(list(map(yaml("grafana/provisioning/datasources/prometheus.yml")).get("datasources")).getFirst());
        Map<String, Object> provider = map(list(map(yaml("grafana/provisioning/dashboards/partita.yml")).get("providers")).getFirst());

        assertThat(source).containsEntry("uid", "prometheus").containsEntry("url", "${PROMETHEUS_URL}");
        assertThat(environment).containsEntry("PROMETHEUS_URL", "http://prometheus:9090");
        assertThat(map(provider.get("options"))).containsEntry("path", "${DASHBOARDS}");
        assertThat(strings(map(SERVICES.get("grafana")).get("volumes"))).contains("./grafana/dashboards:" + environment.get("DASHBOARDS") + ":ro");
        assertThat(text("grafana/dashboards/partita.json")).contains("\"uid\": \"prometheus\"");
    }

    @Test
    void each_drill_has_a_script_for_docker_or_a_reason_why_not() throws IOException {
        String readme = text("drills/README.md");
        String all = text("drills/all.sh");
        Set<String> scripts = new TreeSet<>();
        try (Stream<Path> files = Files.list(COMPOSE.resolve("drills"))) {
            files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(".sh")).map(name -> name.substring(0, name.length() - 3))
                    .filter(name -> !Set.of("lib", "all").contains(name)).forEach(scripts::add);
        }
        DrillCatalogue.all().forEach(drill -> assertThat(readme).contains("`" + drill.name() + "`"));
        assertThat(scripts).isNotEmpty().allSatisfy(name -> {
            assertThat(DrillCatalogue.named(name)).as(name).isPresent();
            assertThat(COMPOSE.resolve("drills/" + name + ".sh")).isExecutable();
            assertThat(all).contains(name);
            assertThat(text("drills/" + name + ".sh")).contains("drill " + name + " ", "\nmended\n").endsWith("verdict\n");
        });
    }

    @Test
    void each_drill_is_explained_and_has_a_runbook() throws IOException {
        String drills = Files.readString(COMPOSE.resolve("../docs/drills.md"));
        String operations = Files.readString(COMPOSE.resolve("../docs/operations.md"));
        String runbooks = operations.substring(operations.indexOf("## When something breaks"));

        DrillCatalogue.all().forEach(drill -> {
            assertThat(drills).contains("| `" + drill.name() + "` |");
            assertThat(runbooks.lines().filter(line -> line.startsWith("### "))).as(drill.name())
                    .anyMatch(heading -> heading.contains("`" + drill.name() + "`"));
        });
    }

    @Test
    void scripts_are_shell_and_name_only_services_that_exist() throws IOException, InterruptedException {
        try (Stream<Path> files = Stream.concat(Files.list(COMPOSE.resolve("drills")), Stream.of("start", "healthy", "by-hand", "postgres/replica", "postgres/replication").map(COMPOSE::resolve))) {
            for (Path script : files.filter(file -> !file.toString().endsWith(".md")).toList()) {
                Process shell = new ProcessBuilder("bash", "-n", script.toString()).redirectErrorStream(true).start();
                assertThat(new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8)).as(script.toString()).isEmpty();
                assertThat(shell.waitFor()).isZero();
                Matcher named = Pattern.compile("\\b(?:member-\\w+|postgres)\\b").matcher(Files.readString(script));
                assertThat(named.results().map(result -> result.group())).as(script.toString())
                        .allMatch(name -> SERVICES.containsKey(name) || name.matches("member-\\D+"));
            }
        }
    }

    /** How a setting is called in the environment. */
    private static String variable(String setting) {
        return setting.replace("-", "").replace('.', '_').toUpperCase(Locale.ROOT);
    }

    private static PartitaProperties settings(String service) {
        Map<String, Object> told = new TreeMap<>();
        environment(service).forEach((name, value) -> told.put(name, value.replaceFirst("^/keys/", keys + "/")));
        SystemEnvironmentPropertySource environment = new SystemEnvironmentPropertySource(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, told);
        return PartitaProperties.bind(new Binder(ConfigurationPropertySources.from(environment)));
    }

    /** With the defaults of what is taken from outside. */
    private static Map<String, String> environment(String service) {
        Map<String, String> environment = new TreeMap<>();
        map(map(SERVICES.get(service)).get("environment")).forEach((name, value) -> environment.put(name,
                VARIABLE.matcher(String.valueOf(value)).replaceAll(outside -> Matcher.quoteReplacement(outside.group(2).replaceFirst("^:?-", "")))));
        return environment;
    }

    /** The names that Spring looks for in the environment, of every component of the settings. */
    private static void variables(String prefix, Class<?> settings, Set<String> names) {
        for (RecordComponent component : settings.getRecordComponents()) {
            String name = prefix + "_" + component.getName().toUpperCase(Locale.ROOT);
            if (component.getType().isRecord()) {
                variables(name, component.getType(), names);
            } else {
                names.add(name);
            }
        }
    }

    private static Map<String, Map<String, Object>> services() {
        Map<String, Map<String, Object>> services = new TreeMap<>();
        SERVICES.forEach((name, service) -> services.put(name, map(service)));
        return services;
    }

    private static String text(String file) {
        try {
            return Files.readString(COMPOSE.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Object yaml(String file) {
        return new Yaml().load(text(file));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Object value) {
        return value == null ? Map.of() : (Map<String, Object>) value;
    }

    private static List<?> list(Object value) {
        return value == null ? List.of() : (List<?>) value;
    }

    private static List<String> strings(Object value) {
        return list(value).stream().map(String::valueOf).toList();
    }
}
