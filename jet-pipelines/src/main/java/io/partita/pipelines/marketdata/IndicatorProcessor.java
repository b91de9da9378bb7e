package io.partita.pipelines.marketdata;

import com.hazelcast.jet.Traverser;
import com.hazelcast.jet.Traversers;
import com.hazelcast.jet.Util;
import com.hazelcast.jet.core.AbstractProcessor;
import com.hazelcast.jet.datamodel.Tuple2;
import io.partita.marketdata.bars.BarSize;
import io.partita.marketdata.bars.IndicatorSeries;
import io.partita.marketdata.bars.TradeBar;
import io.partita.marketdata.stream.IndicatorRow;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * An {@link IndicatorSeries} for each instrument and size. Takes bars with what a tick is worth, all of a series by the same processor; emits an
 * {@link IndicatorRow} for each, and once more for the bars after one that was corrected.
 */
final class IndicatorProcessor extends AbstractProcessor {

    /** Of bars that may still be corrected: more seconds than a trade may usually come late. */
    private static final int KEPT = 128;
    private static final BarSize[] SIZES = BarSize.values();

    private final Map<Long, IndicatorSeries> series = new HashMap<>();
    private final FlatMapper<Tuple2<TradeBar, Double>, IndicatorRow> mapper = flatMapper(this::take);
    private Traverser<Map.Entry<Long, byte[]>> snapshot;

    /** Names a series. */
    static long key(TradeBar bar) {
        return bar.instrument() * SIZES.length + bar.size().ordinal();
    }

    @Override
    @SuppressWarnings("unchecked")
    protected boolean tryProcess0(Object item) {
        return mapper.tryProcess((Tuple2<TradeBar, Double>) item);
    }

    private Traverser<IndicatorRow> take(Tuple2<TradeBar, Double> valued) {
        TradeBar bar = valued.f0();
        List<IndicatorRow> rows = new ArrayList<>();
        series.computeIfAbsent(key(bar), _ -> new IndicatorSeries(IndicatorRow.SPECS, KEPT)).add(bar.start(), bar.candle(valued.f1()),
                (start, values) -> rows.add(new IndicatorRow(bar.instrument(), bar.size(), start, Arrays.stream(values).boxed().toList())));
        return Traversers.traverseIterable(rows);
    }

    @Override
    public boolean saveToSnapshot() {
        if (snapshot == null) {
            snapshot = Traversers.traverseStream(series.entrySet().stream().map(each -> Util.entry(each.getKey(), bytes(each.getValue()))))
                    .onFirstNull(() -> snapshot = null);
        }
        return emitFromTraverserToSnapshot(snapshot);
    }

    private static byte[] bytes(IndicatorSeries series) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(16_384);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            series.write(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    @Override
    protected void restoreFromSnapshot(Object key, Object value) {
        IndicatorSeries restored = new IndicatorSeries(IndicatorRow.SPECS, KEPT);
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream((byte[]) value))) {
            restored.read(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        series.put((Long) key, restored);
    }
}
