package io.partita.marketdata.stream;

import com.hazelcast.config.CompactSerializationConfig;
import com.hazelcast.config.SerializationConfig;
import com.hazelcast.nio.serialization.DataSerializableFactory;
import com.hazelcast.nio.serialization.FieldKind;
import com.hazelcast.nio.serialization.IdentifiedDataSerializable;
import com.hazelcast.nio.serialization.compact.CompactReader;
import com.hazelcast.nio.serialization.compact.CompactSerializer;
import com.hazelcast.nio.serialization.compact.CompactWriter;
import io.partita.marketdata.bars.BarSize;
import io.partita.marketdata.bars.TradeBar;
import io.partita.marketdata.ticks.DeadLetter;
import io.partita.marketdata.ticks.Fault;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** How market data travels; members and clients register the same. */
public final class MarketDataSerialization implements DataSerializableFactory {

    /** Part of the wire format, as the numbers of the classes. */
    public static final int FACTORY = 7_400;
    static final int KEEP_BAR = 1;
    static final int KEEP_INDICATORS = 2;
    static final int KEEP_RETOLD = 3;

    private static final Fault[] FAULTS = Fault.values();

    /** Adds the serializers to the configuration of a member or a client. */
    public static void register(SerializationConfig config) {
        config.addDataSerializableFactory(FACTORY, new MarketDataSerialization());
        CompactSerializationConfig compact = config.getCompactSerializationConfig();
        compact.addSerializer(new Plain<>(TickBatch.class, "io.partita.TickBatch",
                in -> TickPacking.unpack(in.readArrayOfInt8("ticks")).getFirst(),
                (out, batch) -> out.writeArrayOfInt8("ticks", TickPacking.pack(List.of(batch)))));
        compact.addSerializer(new Plain<>(TickPage.class, "io.partita.TickPage",
                // Pages of members that are of an earlier version have no trace.
                in -> new TickPage(TickPacking.unpack(in.readArrayOfInt8("ticks")), in.getFieldKind("trace") == FieldKind.STRING ? in.readString("trace") : null),
                (out, page) -> {
                    out.writeArrayOfInt8("ticks", TickPacking.pack(page.batches()));
                    out.writeString("trace", page.trace());
                }));
        compact.addSerializer(new Plain<>(ReaderKey.class, "io.partita.ReaderKey", in -> new ReaderKey(in.readInt64("job"), in.readInt32("lane")), (out, key) -> {
            out.writeInt64("job", key.job());
            out.writeInt32("lane", key.lane());
        }));
        compact.addSerializer(new Plain<>(BarKey.class, "io.partita.BarKey",
                in -> new BarKey(in.readInt64("instrument"), size(in.readString("size")), in.readInt64("start")), (out, key) -> {
            out.writeInt64("instrument", key.instrument());
            out.writeString("size", key.size().toString());
            out.writeInt64("start", key.start());
        }));
        compact.addSerializer(new Plain<>(TradeBar.class, "io.partita.TradeBar", MarketDataSerialization::bar, MarketDataSerialization::bar));
        compact.addSerializer(new Plain<>(IndicatorRow.class, "io.partita.IndicatorRow", MarketDataSerialization::row, MarketDataSerialization::row));
        compact.addSerializer(new Plain<>(DeadLetter.class, "io.partita.DeadLetter", in -> new DeadLetter(in.readString("source"), in.readInt64("received"),
                Fault.valueOf(in.readString("fault")), in.readString("detail"), in.readString("record")), (out, letter) -> {
            out.writeString("source", letter.source());
            out.writeInt64("received", letter.received());
            out.writeString("fault", letter.fault().name());
            out.writeString("detail", letter.detail());
            out.writeString("record", letter.record());
        }));
        compact.addSerializer(new Plain<>(SourceReport.class, "io.partita.SourceReport", MarketDataSerialization::report, MarketDataSerialization::report));
        compact.addSerializer(new Plain<>(MarketInstrument.class, "io.partita.MarketInstrument", in -> new MarketInstrument(in.readInt64("id"),
                in.readString("symbol"), in.readString("currency"), in.readInt32("priceScale")), (out, instrument) -> {
            out.writeInt64("id", instrument.id());
            out.writeString("symbol", instrument.symbol());
            out.writeString("currency", instrument.currency());
            out.writeInt32("priceScale", instrument.priceScale());
        }));
        compact.addSerializer(new Plain<>(EnteredAction.class, "io.partita.EnteredAction", in -> new EnteredAction(in.readInt64("number"), in.readInt64("instrument"),
                in.readInt64("from"), in.readInt64("now"), in.readInt64("old"), in.readDecimal("amount")), (out, action) -> {
            out.writeInt64("number", action.number());
            out.writeInt64("instrument", action.instrument());
            out.writeInt64("from", action.from());
            out.writeInt64("now", action.now());
            out.writeInt64("old", action.old());
            out.writeDecimal("amount", action.amount());
        }));
    }

    @Override
    public IdentifiedDataSerializable create(int type) {
        return switch (type) {
            case KEEP_BAR -> new KeepBar();
            case KEEP_INDICATORS -> new KeepIndicators();
            case KEEP_RETOLD -> new KeepRetold<>();
            default -> throw new IllegalArgumentException("Unknown type " + type);
        };
    }

    private static BarSize size(String text) {
        return BarSize.parse(text).orElseThrow(() -> new IllegalArgumentException("there is no size " + text));
    }

    private static TradeBar bar(CompactReader in) {
        return new TradeBar(in.readInt64("instrument"), size(in.readString("size")), in.readInt64("start"), in.readInt64("open"), in.readInt64("high"),
                in.readInt64("low"), in.readInt64("close"), in.readInt64("volume"), in.readDecimal("turnover").unscaledValue(), in.readInt64("trades"),
                in.readInt64("bought"), in.readInt64("sold"), in.readInt32("revision"), quoted(in, "bid"), quoted(in, "ask"));
    }

    /** Bars that were written before had none. */
    private static Long quoted(CompactReader in, String side) {
        return in.getFieldKind(side) == FieldKind.NULLABLE_INT64 ? in.readNullableInt64(side) : null;
    }

    private static void bar(CompactWriter out, TradeBar bar) {
        out.writeInt64("instrument", bar.instrument());
        out.writeString("size", bar.size().toString());
        out.writeInt64("start", bar.start());
        out.writeInt64("open", bar.open());
        out.writeInt64("high", bar.high());
        out.writeInt64("low", bar.low());
        out.writeInt64("close", bar.close());
        out.writeInt64("volume", bar.volume());
        out.writeDecimal("turnover", new BigDecimal(bar.turnover()));
        out.writeInt64("trades", bar.trades());
        out.writeInt64("bought", bar.bought());
        out.writeInt64("sold", bar.sold());
        out.writeInt32("revision", bar.revision());
        out.writeNullableInt64("bid", bar.bid());
        out.writeNullableInt64("ask", bar.ask());
    }

    /** A field for each indicator, so that SQL has a column for it. */
    private static IndicatorRow row(CompactReader in) {
        List<Double> values = new ArrayList<>(IndicatorRow.FIELDS.size());
        for (String field : IndicatorRow.FIELDS) {
            Double value = in.getFieldKind(field) == FieldKind.NULLABLE_FLOAT64 ? in.readNullableFloat64(field) : null;
            values.add(value == null ? Double.valueOf(Double.NaN) : value);
        }
        return new IndicatorRow(in.readInt64("instrument"), size(in.readString("size")), in.readInt64("start"), values);
    }

    private static void row(CompactWriter out, IndicatorRow row) {
        out.writeInt64("instrument", row.instrument());
        out.writeString("size", row.size().toString());
        out.writeInt64("start", row.start());
        for (int i = 0; i < IndicatorRow.FIELDS.size(); i++) {
            Double value = row.values().get(i);
            out.writeNullableFloat64(IndicatorRow.FIELDS.get(i), value.isNaN() ? null : value);
        }
    }

    private static SourceReport report(CompactReader in) {
        long[] counted = in.readArrayOfInt64("faults");
        List<Long> faults = new ArrayList<>();
        for (int i = 0; i < FAULTS.length; i++) {
            faults.add(i < counted.length ? counted[i] : 0L);
        }
        return new SourceReport(in.readString("source"), in.readInt64("instrument"), in.readInt64("received"), in.readInt64("used"), in.readInt64("missing"),
                in.readFloat64("score"), in.readInt64("clock"), in.readInt64("lastReceived"), faults, in.readInt64("late"));
    }

    private static void report(CompactWriter out, SourceReport report) {
        out.writeString("source", report.source());
        out.writeInt64("instrument", report.instrument());
        out.writeInt64("received", report.received());
        out.writeInt64("used", report.used());
        out.writeInt64("missing", report.missing());
        out.writeFloat64("score", report.score());
        out.writeInt64("clock", report.clock());
        out.writeInt64("lastReceived", report.lastReceived());
        out.writeArrayOfInt64("faults", report.faults().stream().mapToLong(Long::longValue).toArray());
        out.writeInt64("late", report.late());
    }

    /** A serializer out of two functions. */
    private static final class Plain<T> implements CompactSerializer<T> {

        private final Class<T> type;
        private final String name;
        private final Function<CompactReader, T> reader;
        private final BiConsumer<CompactWriter, T> writer;

        Plain(Class<T> type, String name, Function<CompactReader, T> reader, BiConsumer<CompactWriter, T> writer) {
            this.type = type;
            this.name = name;
            this.reader = reader;
            this.writer = writer;
        }

        @Override
        public T read(CompactReader in) {
            return reader.apply(in);
        }

        @Override
        public void write(CompactWriter out, T value) {
            writer.accept(out, value);
        }

        @Override
        public String getTypeName() {
            return name;
        }

        @Override
        public Class<T> getCompactClass() {
            return type;
        }
    }
}
