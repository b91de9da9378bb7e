package io.partita.pipelines.marketdata.anomaly;

import com.hazelcast.jet.Traverser;
import com.hazelcast.jet.Traversers;
import com.hazelcast.jet.core.AbstractProcessor;
import com.hazelcast.jet.core.metrics.Metrics;
import io.partita.marketdata.bars.TradeBar;
import io.partita.pipelines.VertexMetrics;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Takes {@link TradeBar}s of one size, all of them by the same processor; emits a {@link RollCall.Over} for each time that is over. */
final class RollCallProcessor extends AbstractProcessor {

    /** How often it is looked at whether somebody was waited for long enough. */
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final String key;
    private RollCall call;
    /** Of all processors one hears of bars. */
    private boolean used;
    private Traverser<RollCall.Over> over;
    private boolean heard;
    private long nextLook;

    /** @param key that bars are grouped by */
    RollCallProcessor(String key, long patience) {
        this.key = key;
        call = new RollCall(patience);
    }

    @Override
    protected boolean tryProcess0(Object item) {
        TradeBar bar = (TradeBar) item;
        call.heard(bar.instrument(), bar.end(), System.nanoTime());
        heard = true;
        used = true;
        return true;
    }

    @Override
    public boolean tryProcess() {
        if (over == null) {
            long now = System.nanoTime();
            if (!heard && now - nextLook < 0) {
                return true;
            }
            heard = false;
            nextLook = now + LOOK_NANOS;
            List<RollCall.Over> times = call.over(now);
            if (!times.isEmpty()) {
                Metrics.metric(VertexMetrics.DONE_WITH).set(times.getLast().time());
            }
            over = Traversers.traverseIterable(times).onFirstNull(() -> over = null);
        }
        return emitFromTraverser(over);
    }

    @Override
    public boolean saveToSnapshot() {
        return (over == null || emitFromTraverser(over)) && (!used || tryEmitToSnapshot(key, call));
    }

    @Override
    protected void restoreFromSnapshot(Object saved, Object value) {
        call = (RollCall) value;
        used = true;
    }
}
