package io.partita.trading.venue;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.IdentifiedDataSerializable;
import io.partita.trading.Executions;
import io.partita.trading.TradingRefusal;
import io.partita.trading.TradingResult;
import io.partita.trading.feed.UpdateBatch;
import io.partita.trading.venue.HostedBook.Applied;
import java.io.IOException;

/** What a {@link Trade} led to. */
public final class Traded implements IdentifiedDataSerializable {

    /** Whether the commands reached the book. */
    public enum State {
        /** They did. */
        DONE,
        /** This member does not serve it. */
        NOT_SERVED,
        /** Too much of it waits for the journal. */
        FULL
    }

    private static final Applied.Kind[] KINDS = Applied.Kind.values();
    private static final State[] STATES = State.values();

    private State state;
    private int epoch;
    private long sequence;
    /** For each command its kind, how many reports it has, and where these end. */
    private byte[] kinds;
    private int[] counts;
    private int[] ends;
    /** Those of all commands, one after another. */
    private byte[] reports;
    private Piece piece;
    private UpdateBatch updates;

    /** For deserialization. */
    public Traded() {
    }

    private Traded(State state) {
        this.state = state;
        kinds = new byte[0];
        counts = new int[0];
        ends = new int[0];
        reports = new byte[0];
    }

    static Traded notServed() {
        return new Traded(State.NOT_SERVED);
    }

    static Traded full() {
        return new Traded(State.FULL);
    }

    static Traded of(HostedBook book, Applied[] applied, Piece piece) {
        Traded traded = new Traded(State.DONE);
        traded.epoch = book.epoch();
        traded.sequence = book.sequence();
        traded.kinds = new byte[applied.length];
        traded.counts = new int[applied.length];
        traded.ends = new int[applied.length];
        traded.piece = piece;
        traded.updates = piece == null ? null : book.updates();
        traded.take(book, applied);
        return traded;
    }

    private void take(HostedBook book, Applied[] applied) {
        int end = 0;
        for (int i = 0; i < applied.length; i++) {
            Applied one = applied[i];
            // Of a repeat the reports may be too long ago; of another command under the same id they are nobody's business.
            int length = one.kind() == Applied.Kind.ID_REUSED || one.kind() == Applied.Kind.FORGOTTEN ? -1 : book.reportsLength(one.firstReport(), one.reports());
            kinds[i] = (byte) one.kind().ordinal();
            counts[i] = length < 0 ? 0 : one.reports();
            end += Math.max(0, length);
            ends[i] = end;
        }
        reports = new byte[end];
        for (int i = 0; i < applied.length; i++) {
            book.copyReports(applied[i].firstReport(), counts[i], reports, ends[i] - length(i));
        }
    }

    private int length(int index) {
        return ends[index] - (index == 0 ? 0 : ends[index - 1]);
    }

    public State state() {
        return state;
    }

    /** The epoch under which it was done. */
    public int epoch() {
        return epoch;
    }

    /** Commands that the book had carried out when it was done. */
    public long sequence() {
        return sequence;
    }

    /** What is to be journaled; null if nothing was new. */
    public Piece piece() {
        return piece;
    }

    /** What everybody may know of it; null if no command was new. */
    public UpdateBatch updates() {
        return updates;
    }

    /** How many commands it answers. */
    public int size() {
        return kinds.length;
    }

    /** What became of one of the commands. */
    public TradingResult result(int index, long commandId) {
        Applied.Kind kind = KINDS[kinds[index]];
        return switch (kind) {
            case ID_REUSED -> new TradingResult.Refused(commandId, TradingRefusal.ID_REUSED, "");
            case FORGOTTEN -> new TradingResult.Refused(commandId, TradingRefusal.REPEATED_TOO_LATE, "");
            case NOW, BEFORE -> new TradingResult.Executed(commandId,
                    Executions.of(reports, ends[index] - length(index), length(index), counts[index]), kind == Applied.Kind.BEFORE);
        };
    }

    @Override
    public int getFactoryId() {
        return VenueSerialization.FACTORY;
    }

    @Override
    public int getClassId() {
        return VenueSerialization.TRADED;
    }

    @Override
    public void writeData(ObjectDataOutput out) throws IOException {
        out.writeByte(state.ordinal());
        out.writeInt(epoch);
        out.writeLong(sequence);
        out.writeByteArray(kinds);
        out.writeIntArray(counts);
        out.writeIntArray(ends);
        out.writeByteArray(reports);
        out.writeBoolean(piece != null);
        if (piece != null) {
            piece.write(out);
        }
        out.writeBoolean(updates != null);
        if (updates != null) {
            updates.writeData(out);
        }
    }

    @Override
    public void readData(ObjectDataInput in) throws IOException {
        state = STATES[in.readByte()];
        epoch = in.readInt();
        sequence = in.readLong();
        kinds = in.readByteArray();
        counts = in.readIntArray();
        ends = in.readIntArray();
        reports = in.readByteArray();
        piece = in.readBoolean() ? Piece.read(in) : null;
        if (in.readBoolean()) {
            updates = new UpdateBatch();
            updates.readData(in);
        }
    }
}
