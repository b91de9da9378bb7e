package io.partita.member.grid;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.config.CompactSerializationConfigAccessor;
import com.hazelcast.config.SerializationConfig;
import com.hazelcast.internal.serialization.Data;
import com.hazelcast.internal.serialization.InternalSerializationService;
import com.hazelcast.internal.serialization.impl.DefaultSerializationServiceBuilder;
import com.hazelcast.internal.serialization.impl.HeapData;
import com.hazelcast.internal.serialization.impl.compact.Schema;
import com.hazelcast.internal.serialization.impl.compact.SchemaService;
import io.partita.member.PartitaProperties;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every form that a value of the compact format ever had, as bytes that are kept: members of two versions work beside each other during an upgrade, so that each has to read what the
 * other wrote. A form is never changed; a field more makes another one, which {@code -Dpartita.keep.forms=true} writes down beside the others.
 */
class SerializedFormsTest {

    private static final Path KEPT = Path.of("src/test/resources/serialized");

    /** Schemas by their ids, as a cluster has them. */
    private static final class Schemas implements SchemaService {

        private final Map<Long, Schema> known = new HashMap<>();

        @Override
        public Schema get(long id) {
            return known.get(id);
        }

        @Override
        public void put(Schema schema) {
            known.put(schema.getSchemaId(), schema);
        }

        @Override
        public void putLocal(Schema schema) {
            put(schema);
        }
    }

    /** A form as it was written down: a schema, and a value in it. */
    record Form(String file, Class<?> type, byte[] schema, byte[] data) {

        @Override
        public String toString() {
            return file;
        }
    }

    private final Schemas schemas = new Schemas();
    private final InternalSerializationService service = service(schemas);

    private static InternalSerializationService service(Schemas schemas) {
        return new DefaultSerializationServiceBuilder().setConfig(config()).setSchemaService(schemas).build();
    }

    private static SerializationConfig config() {
        return GridConfiguration.config(PartitaProperties.of(Map.of())).getSerializationConfig();
    }

    /** By the name under which they travel. */
    @SuppressWarnings("rawtypes")
    private static Map<String, Class<?>> types() {
        Map<String, Class<?>> types = new TreeMap<>();
        CompactSerializationConfigAccessor.getRegistrations(config().getCompactSerializationConfig()).forEach((name, each) -> types.put(name, each.element1));
        return types;
    }

    static List<Form> forms() throws IOException {
        Map<String, Class<?>> types = types();
        try (Stream<Path> files = Files.list(KEPT)) {
            return files.sorted().map(file -> form(file, types)).toList();
        }
    }

    private static Form form(Path file, Map<String, Class<?>> types) {
        try {
            List<String> lines = Files.readAllLines(file);
            String name = file.getFileName().toString();
            Base64.Decoder base64 = Base64.getDecoder();
            return new Form(name, types.get(name.substring(0, name.lastIndexOf('-'))), base64.decode(lines.get(0)), base64.decode(lines.get(1)));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @MethodSource("forms")
    void what_was_written_in_any_form_is_read(Form form) throws IOException {
        assertThat(form.type()).as("a type that was written once is read for ever").isNotNull();
        // As a cluster knows them: a value may hold others.
        for (Form other : forms()) {
            schemas.put(service.toObject(new HeapData(other.schema())));
        }

        Object read = service.toObject(new HeapData(form.data()));

        // What an earlier form did not have is null.
        assertThat(read).usingRecursiveComparison().ignoringActualNullFields().isEqualTo(new Samples(form.type().getName()).of(form.type()));
    }

    @Test
    void the_form_in_which_each_type_is_written_now_is_kept() throws IOException {
        List<String> kept = forms().stream().map(Form::file).toList();
        for (Map.Entry<String, Class<?>> type : types().entrySet()) {
            Data data = service.toData(new Samples(type.getValue().getName()).of(type.getValue()));
            Schema schema = schemas.known.values().stream().filter(each -> each.getTypeName().equals(type.getKey())).findFirst().orElseThrow();
            String file = type.getKey() + "-" + Long.toHexString(schema.getSchemaId());
            if (Boolean.getBoolean("partita.keep.forms")) {
                Base64.Encoder base64 = Base64.getEncoder();
                Files.write(KEPT.resolve(file), List.of(base64.encodeToString(service.toData(schema).toByteArray()), base64.encodeToString(data.toByteArray())));
            } else {
                assertThat(kept).as("a new form: keep it with -Dpartita.keep.forms=true, and make sure that members of the version before read it").contains(file);
            }
        }
    }

    @Test
    void what_is_read_is_what_was_written() {
        types().values().forEach(type -> {
            Object sample = new Samples(type.getName()).of(type);
            assertThat(service.<Object>toObject(service.toData(sample))).usingRecursiveComparison().isEqualTo(sample);
        });
    }
}
