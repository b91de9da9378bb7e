package io.partita.member;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import io.partita.member.security.SharedSecrets;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.Yaml;

/** The files that deliver Partita, each held against a schema of what it may say; and what they say to each other. */
class DeliveryTest {

    private static final Path ROOT = Path.of("..");
    private static final Path MANIFESTS = ROOT.resolve("compose/kubernetes");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonSchemaFactory SCHEMAS = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);
    /** Folders and files, and the schema of what is in them. */
    private static final Map<String, String> SCHEMA_OF = new TreeMap<>(Map.of(
            "compose/docker-compose.yml", "compose",
            "compose/kubernetes", "kubernetes",
            ".github/workflows", "workflow",
            "compose/prometheus/alerts.yml", "alerts",
            "compose/prometheus/prometheus.yml", "prometheus",
            "compose/alertmanager/alertmanager.yml", "alertmanager",
            "compose/grafana/dashboards", "dashboard",
            "compose/grafana/provisioning/datasources", "provisioning",
            "compose/grafana/provisioning/dashboards", "provisioning"));

    /** A file and its schema's name. */
    record Delivered(Path file, String schema) {

        @Override
        public String toString() {
            return ROOT.relativize(file).toString();
        }
    }

    static List<Delivered> delivered() throws IOException {
        List<Delivered> all = new ArrayList<>();
        for (Map.Entry<String, String> each : SCHEMA_OF.entrySet()) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(each.getKey()))) {
                files.filter(file -> file.toString().matches(".*\\.(?:ya?ml|json)")).sorted().forEach(file -> all.add(new Delivered(file, each.getValue())));
            }
        }
        return all;
    }

    @ParameterizedTest
    @MethodSource("delivered")
    void every_file_keeps_to_its_schema(Delivered delivered) {
        assertThat(documents(delivered.file())).isNotEmpty().allSatisfy(document -> assertThat(problems(delivered.schema(), document)).isEmpty());
    }

    @Test
    void no_file_is_without_a_schema() throws IOException {
        Set<Path> known = delivered().stream().map(each -> each.file().normalize()).collect(Collectors.toSet());
        for (String folder : List.of("compose", ".github")) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(folder))) {
                assertThat(files.filter(file -> file.toString().matches(".*\\.(?:ya?ml|json)")).map(Path::normalize)).isNotEmpty().allMatch(known::contains);
            }
        }
    }

    /** What must not pass: a schema that takes everything is none. */
    @ParameterizedTest
    @MethodSource("spoiled")
    void a_schema_notices_what_is_wrong(String schema, Path file, String kind, String without) {
        JsonNode document = documents(file).stream().filter(each -> kind.isEmpty() || each.path("kind").asText().equals(kind)).findFirst().orElseThrow();
        assertThat(problems(schema, document)).isEmpty();
        remove(document, without);
        assertThat(problems(schema, document)).as("without " + without).isNotEmpty();
    }

    static Stream<Arguments> spoiled() {
        Path member = MANIFESTS.resolve("member.yaml");
        return Stream.of(
                arguments("compose", ROOT.resolve("compose/docker-compose.yml"), "", "/services/postgres/healthcheck"),
                arguments("compose", ROOT.resolve("compose/docker-compose.yml"), "", "/services/grafana/profiles"),
                arguments("kubernetes", member, "StatefulSet", "/spec/template/spec/securityContext/runAsNonRoot"),
                arguments("kubernetes", member, "StatefulSet", "/spec/template/spec/containers/0/readinessProbe"),
                arguments("kubernetes", member, "StatefulSet", "/spec/template/spec/containers/0/resources"),
                arguments("kubernetes", member, "StatefulSet", "/spec/template/spec/volumes/1/projected/defaultMode"),
                arguments("kubernetes", member, "PodDisruptionBudget", "/spec/minAvailable"),
                arguments("kubernetes", MANIFESTS.resolve("network.yaml"), "NetworkPolicy", "/spec/policyTypes"),
                arguments("workflow", ROOT.resolve(".github/workflows/ci.yml"), "", "/permissions"),
                arguments("alerts", ROOT.resolve("compose/prometheus/alerts.yml"), "", "/groups/0/rules/0/labels/severity"),
                arguments("dashboard", ROOT.resolve("compose/grafana/dashboards/risk.json"), "", "/panels/1/targets"));
    }

    private static Arguments arguments(Object... all) {
        return Arguments.of(all);
    }

    @Test
    void the_manifests_name_all_files_and_nothing_else() {
        JsonNode list = documents(MANIFESTS.resolve("kustomization.yaml")).getFirst();
        assertThat(texts(list.get("resources"))).containsExactlyInAnyOrderElementsOf(files(MANIFESTS).stream().filter(name -> !name.equals("kustomization.yaml")).toList());
    }

    @Test
    void selectors_find_pods_and_ports_are_those_of_containers() {
        List<JsonNode> pods = manifests().stream().filter(each -> each.has("spec") && each.at("/spec/template").isObject()).toList();
        assertThat(pods).hasSize(2).allSatisfy(pod -> assertThat(pod.at("/spec/selector/matchLabels")).isEqualTo(pod.at("/spec/template/metadata/labels")));
        assertThat(manifests("Service")).allSatisfy(service -> {
            JsonNode pod = pods.stream().filter(each -> each.at("/spec/template/metadata/labels").equals(service.at("/spec/selector"))).findFirst().orElseThrow();
            List<Integer> ports = numbers(pod.at("/spec/template/spec/containers/0/ports"), "containerPort");
            assertThat(numbers(service.at("/spec/ports"), "port")).isSubsetOf(ports);
        });
        Set<String> apps = pods.stream().map(pod -> pod.at("/spec/template/metadata/labels/app").asText()).collect(Collectors.toSet());
        assertThat(manifests("NetworkPolicy")).filteredOn(policy -> policy.at("/spec/podSelector").has("matchLabels"))
                .extracting(policy -> policy.at("/spec/podSelector/matchLabels/app").asText()).containsExactlyInAnyOrderElementsOf(apps);
    }

    @Test
    void whatever_has_no_policy_of_its_own_is_let_nowhere() {
        assertThat(manifests("NetworkPolicy")).anySatisfy(policy -> {
            assertThat(policy.at("/spec/podSelector")).isEmpty();
            assertThat(texts(policy.at("/spec/policyTypes"))).containsExactly("Ingress", "Egress");
            assertThat(policy.at("/spec/ingress").isMissingNode() && policy.at("/spec/egress").isMissingNode()).isTrue();
        });
        assertThat(manifests("NetworkPolicy").toString()).doesNotContain("0.0.0.0");
    }

    @Test
    void the_members_of_the_manifests_are_told_settings_that_there_are_and_that_fit_their_number() {
        JsonNode members = manifests("StatefulSet").getFirst();
        JsonNode told = manifests("ConfigMap").getFirst().get("data");
        int replicas = members.at("/spec/replicas").asInt();
        Set<String> known = new TreeSet<>();
        variables("PARTITA", PartitaProperties.class, known);

        told.fieldNames().forEachRemaining(name -> assertThat(known).contains(name));
        members.at("/spec/template/spec/containers/0/env").forEach(each -> assertThat(known).contains(each.get("name").asText()));
        assertThat(told.get("PARTITA_GRID_EXPECTEDMEMBERS").asInt()).isEqualTo(replicas);
        assertThat(told.get("PARTITA_GRID_BACKUPS").asInt()).isGreaterThanOrEqualTo(replicas / 2);
        assertThat(told.get("PARTITA_GRID_ADDRESSES").asText().split(",")).hasSize(replicas).allSatisfy(address ->
                assertThat(address).startsWith(members.at("/metadata/name").asText() + "-").endsWith("." + members.at("/spec/serviceName").asText() + ":5701"));
        assertThat(manifests("PodDisruptionBudget").getFirst().at("/spec/minAvailable").asInt()).as("a majority stays, and one may go").isEqualTo(replicas / 2 + 1)
                .isLessThan(replicas);
    }

    @Test
    void a_member_is_drained_before_it_is_told_to_stop_and_has_time_for_both() {
        JsonNode pod = manifests("StatefulSet").getFirst().at("/spec/template/spec");
        int drain = Integer.parseInt(texts(pod.at("/containers/0/lifecycle/preStop/exec/command")).getLast().replaceAll("\\D", ""));
        JsonNode ready = pod.at("/containers/0/readinessProbe");

        assertThat(drain).as("nobody calls it any more").isGreaterThanOrEqualTo(5);
        assertThat(pod.get("terminationGracePeriodSeconds").asInt()).as("the drain, 15 s for calls in flight, 30 s for the grid, 30 s for the shards").isGreaterThan(drain + 75);
        assertThat(ready.get("periodSeconds").asInt() * ready.get("failureThreshold").asInt()).isLessThanOrEqualTo(15);
    }

    @Test
    void secrets_are_referred_to_and_not_written_down() {
        manifests().forEach(manifest -> assertThat(manifest.path("kind").asText()).isNotEqualTo("Secret"));
        manifests("StatefulSet").getFirst().at("/spec/template/spec/containers/0/env").forEach(each -> assertThat(each.at("/valueFrom/secretKeyRef/name").asText() + each.at("/value").asText())
                .matches("partita-database|/keys/.*"));
        manifests("ConfigMap").getFirst().get("data").fieldNames().forEachRemaining(name -> assertThat(name).doesNotContainIgnoringCase("password").doesNotContain("KEY"));
    }

    @Test
    void what_is_mounted_has_each_secret_where_the_settings_look_for_it_and_the_console_has_no_others() throws IOException {
        JsonNode members = manifests("StatefulSet").getFirst().at("/spec/template/spec");
        JsonNode console = manifests("Deployment").getFirst().at("/spec/template/spec");
        Map<String, String> told = environment(members);
        String readme = Files.readString(MANIFESTS.resolve("README.md"));

        for (SharedSecrets secret : SharedSecrets.values()) {
            assertThat(told).containsEntry(secret.setting().replace("-", "").replace('.', '_').toUpperCase(Locale.ROOT), "/keys/" + secret.file());
        }
        JsonNode projected = named(members.get("volumes"), "keys").get("projected");
        assertThat(projected.at("/sources/0/secret/name").asText()).isEqualTo("partita-keys");
        assertThat(projected.at("/sources/1/secret/name").asText()).isEqualTo("partita-console-keys");
        assertThat(StreamSupport.stream(projected.at("/sources/1/secret/items").spliterator(), false).map(item -> item.get("path").asText()))
                .containsExactlyInAnyOrder(SharedSecrets.CONSOLE_KEY.file(), SharedSecrets.GRID_SECRET.file());
        assertThat(named(members.at("/containers/0/volumeMounts"), "keys").get("mountPath").asText()).isEqualTo("/keys");
        assertThat(named(console.get("volumes"), "keys").at("/secret/secretName").asText()).isEqualTo("partita-console-keys");
        assertThat(named(console.at("/containers/0/volumeMounts"), "keys").get("mountPath").asText()).isEqualTo("/keys/console");
        assertThat(environment(console)).containsEntry("PARTITA_CONSOLE_KEYFILE", "/keys/" + SharedSecrets.CONSOLE_KEY.file())
                .containsEntry("PARTITA_GRID_SECRETFILE", "/keys/" + SharedSecrets.GRID_SECRET.file());
        assertThat(readme).contains("./partita keys keys\n", "secret generic partita-keys --from-file=keys\n", "secret generic partita-console-keys --from-file=keys/console\n");
    }

    @Test
    void members_answer_under_the_name_by_which_the_console_asks_them() {
        String asked = URI.create(environment(manifests("Deployment").getFirst().at("/spec/template/spec")).get("PARTITA_API")).getHost();
        assertThat(manifests("ConfigMap").getFirst().at("/data/PARTITA_EDGE_HOSTS").asText().split(",")).contains(asked);
        assertThat(manifests("Service").stream().map(each -> each.at("/metadata/name").asText())).contains(asked);
    }

    private static Map<String, String> environment(JsonNode pod) {
        Map<String, String> environment = new TreeMap<>();
        pod.at("/containers/0/env").forEach(each -> environment.put(each.get("name").asText(), each.path("value").asText()));
        return environment;
    }

    private static JsonNode named(JsonNode list, String name) {
        return StreamSupport.stream(list.spliterator(), false).filter(each -> each.get("name").asText().equals(name)).findFirst().orElseThrow();
    }

    @Test
    void the_image_is_layered_and_not_root() throws IOException {
        List<String> lines = Files.readAllLines(ROOT.resolve("compose/Dockerfile"));
        List<String> last = lines.subList(lines.lastIndexOf(lines.stream().filter(line -> line.startsWith("FROM ")).toList().getLast()), lines.size());

        assertThat(last).containsSubsequence("COPY --from=build /layers/libraries /app", "COPY --from=build /layers/own /app", "USER 5701:5701");
        assertThat(last).anyMatch(line -> line.startsWith("HEALTHCHECK ")).noneMatch(line -> line.matches("USER (?:root|0).*"));
        assertThat(manifests("StatefulSet").getFirst().at("/spec/template/spec/securityContext/runAsUser").asInt()).isEqualTo(5701);
    }

    @Test
    void the_workflow_runs_what_everybody_runs() throws IOException {
        JsonNode workflow = documents(ROOT.resolve(".github/workflows/ci.yml")).getFirst();
        assertThat(workflow.toString()).contains(".ci/run", "compose/docker-compose.yml", "compose/kubernetes", "compose/Dockerfile");
        assertThat(Files.isExecutable(ROOT.resolve(".ci/run"))).isTrue();
    }

    private static List<String> problems(String schema, JsonNode document) {
        return schema(schema).validate(document, context -> context.getExecutionConfig().setFormatAssertionsEnabled(true)).stream().map(ValidationMessage::getMessage).sorted().toList();
    }

    private static JsonSchema schema(String name) {
        try (InputStream in = DeliveryTest.class.getResourceAsStream("/schemas/" + name + ".json")) {
            return SCHEMAS.getSchema(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<JsonNode> documents(Path file) {
        try {
            if (file.toString().endsWith(".json")) {
                return List.of(JSON.readTree(file.toFile()));
            }
            List<JsonNode> documents = new ArrayList<>();
            new Yaml().loadAll(Files.readString(file)).forEach(document -> documents.add(JSON.valueToTree(named(document))));
            return documents;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A key that YAML 1.1 takes for a truth value, such as "on" of a workflow, is a name. */
    private static Object named(Object value) {
        return switch (value) {
            case Map<?, ?> map -> {
                Map<String, Object> all = new TreeMap<>();
                map.forEach((key, each) -> all.put(Boolean.TRUE.equals(key) ? "on" : String.valueOf(key), named(each)));
                yield all;
            }
            case List<?> list -> list.stream().map(DeliveryTest::named).toList();
            case null, default -> value == null ? Map.of() : value;
        };
    }

    private static List<JsonNode> manifests() {
        return files(MANIFESTS).stream().flatMap(name -> documents(MANIFESTS.resolve(name)).stream()).toList();
    }

    private static List<JsonNode> manifests(String kind) {
        return manifests().stream().filter(each -> each.path("kind").asText().equals(kind)).toList();
    }

    private static List<String> files(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(".yaml")).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void remove(JsonNode document, String pointer) {
        int last = pointer.lastIndexOf('/');
        ((ObjectNode) document.at(pointer.substring(0, last))).remove(pointer.substring(last + 1));
    }

    private static List<String> texts(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false).map(JsonNode::asText).toList();
    }

    private static List<Integer> numbers(JsonNode list, String field) {
        return StreamSupport.stream(list.spliterator(), false).map(each -> each.get(field).asInt()).toList();
    }

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
}
