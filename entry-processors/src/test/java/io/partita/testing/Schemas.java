package io.partita.testing;

import com.hazelcast.internal.serialization.impl.compact.Schema;
import com.hazelcast.internal.serialization.impl.compact.SchemaService;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Schemas of compact values, which a cluster would keep. */
public final class Schemas implements SchemaService {

    private final Map<Long, Schema> known = new ConcurrentHashMap<>();

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
