package io.partita.marketdata.stream;

import io.partita.marketdata.ticks.Tick;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Batches as bytes: each source once, and some 50 bytes for each tick. Part of the wire format. */
final class TickPacking {

    private static final byte TRADE = 1;
    private static final byte QUOTE = 2;
    private static final int TRADE_SIZE = 3 + 5 * Long.BYTES;
    private static final int QUOTE_SIZE = 2 + 7 * Long.BYTES;
    private static final Tick.Taker[] TAKERS = Tick.Taker.values();

    private TickPacking() {
    }

    static byte[] pack(List<TickBatch> batches) {
        Map<String, Integer> sources = new HashMap<>();
        List<byte[]> names = new ArrayList<>();
        int size = 2 * Integer.BYTES;
        for (TickBatch batch : batches) {
            size += 2 * Long.BYTES + Integer.BYTES;
            for (Tick tick : batch.ticks()) {
                size += tick instanceof Tick.Trade ? TRADE_SIZE : QUOTE_SIZE;
                if (!sources.containsKey(tick.source())) {
                    sources.put(tick.source(), names.size());
                    names.add(tick.source().getBytes(StandardCharsets.UTF_8));
                    size += Short.BYTES + names.getLast().length;
                }
            }
        }
        if (names.size() > Byte.MAX_VALUE) {
            throw new IllegalArgumentException("a page has ticks of at most " + Byte.MAX_VALUE + " sources");
        }
        ByteBuffer out = ByteBuffer.allocate(size);
        out.putInt(names.size());
        names.forEach(name -> out.putShort((short) name.length).put(name));
        out.putInt(batches.size());
        for (TickBatch batch : batches) {
            out.putLong(batch.instrument()).putLong(batch.until()).putInt(batch.ticks().size());
            batch.ticks().forEach(tick -> put(out, tick, sources.get(tick.source()).byteValue()));
        }
        return out.array();
    }

    private static void put(ByteBuffer out, Tick tick, byte source) {
        switch (tick) {
            case Tick.Trade trade -> {
                head(out, TRADE, tick, source);
                out.putLong(trade.price()).putLong(trade.quantity()).put((byte) trade.taker().ordinal());
            }
            case Tick.Quote quote -> {
                head(out, QUOTE, tick, source);
                out.putLong(quote.bid()).putLong(quote.bidQuantity()).putLong(quote.ask()).putLong(quote.askQuantity());
            }
        }
    }

    private static void head(ByteBuffer out, byte kind, Tick tick, byte source) {
        out.put(kind).put(source).putLong(tick.sequence()).putLong(tick.time()).putLong(tick.received());
    }

    static List<TickBatch> unpack(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        String[] sources = new String[in.getInt()];
        for (int i = 0; i < sources.length; i++) {
            byte[] name = new byte[in.getShort()];
            in.get(name);
            sources[i] = new String(name, StandardCharsets.UTF_8);
        }
        int count = in.getInt();
        List<TickBatch> batches = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            batches.add(batch(in, sources));
        }
        return batches;
    }

    private static TickBatch batch(ByteBuffer in, String[] sources) {
        long instrument = in.getLong();
        long until = in.getLong();
        int count = in.getInt();
        List<Tick> ticks = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            byte kind = in.get();
            String source = sources[in.get()];
            long sequence = in.getLong();
            long time = in.getLong();
            long received = in.getLong();
            ticks.add(kind == TRADE ? new Tick.Trade(instrument, source, sequence, time, received, in.getLong(), in.getLong(), TAKERS[in.get()])
                    : new Tick.Quote(instrument, source, sequence, time, received, in.getLong(), in.getLong(), in.getLong(), in.getLong()));
        }
        return new TickBatch(instrument, ticks, until);
    }
}
