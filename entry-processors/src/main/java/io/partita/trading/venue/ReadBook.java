package io.partita.trading.venue;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import io.partita.trading.feed.Bar;
import io.partita.trading.feed.BookSnapshot;
import io.partita.trading.feed.MarketTrade;
import io.partita.trading.feed.MarketView;
import io.partita.trading.feed.UpdateBatch;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Questions to a book. They change nothing. */
public final class ReadBook {

    private ReadBook() {
    }

    /** How it is doing. */
    public static final class Status extends BookProcessor<BookStatus> {

        @Override
        protected BookStatus process(Map.Entry<Long, HostedBook> entry, HostedBook book) {
            return BookStatus.of(book, served(book), false);
        }

        @Override
        public void writeData(ObjectDataOutput out) {
            // Nothing to say.
        }

        @Override
        public void readData(ObjectDataInput in) {
            // Nothing to read.
        }
    }

    /** What everybody may see of it; null if it is not loaded. */
    public static final class Market extends BookProcessor<MarketView> {

        private int levels;

        /** For deserialization. */
        public Market() {
        }

        public Market(int levels) {
            this.levels = levels;
        }

        @Override
        protected MarketView process(Map.Entry<Long, HostedBook> entry, HostedBook hosted) {
            return hosted == null ? null : hosted.feed().view(hosted.book(), levels, !served(hosted));
        }

        @Override
        public void writeData(ObjectDataOutput out) throws IOException {
            out.writeInt(levels);
        }

        @Override
        public void readData(ObjectDataInput in) throws IOException {
            levels = in.readInt();
        }
    }

    /** All its displayed orders; null if it is not served here. */
    public static final class Orders extends BookProcessor<BookSnapshot> {

        @Override
        protected BookSnapshot process(Map.Entry<Long, HostedBook> entry, HostedBook hosted) {
            return served(hosted) ? hosted.feed().snapshot(hosted.book()) : null;
        }

        @Override
        public void writeData(ObjectDataOutput out) {
            // Nothing to say.
        }

        @Override
        public void readData(ObjectDataInput in) {
            // Nothing to read.
        }
    }

    /** What follows on an update, as {@link io.partita.trading.feed.MarketFeed#after} tells it; null if the book is not served here. */
    public static final class Updates extends BookProcessor<UpdateBatch> {

        private long after;

        /** For deserialization. */
        public Updates() {
        }

        public Updates(long after) {
            this.after = after;
        }

        @Override
        protected UpdateBatch process(Map.Entry<Long, HostedBook> entry, HostedBook hosted) {
            return served(hosted) ? hosted.feed().after(after, HostedBook.MAX_PUBLISHED) : null;
        }

        @Override
        public void writeData(ObjectDataOutput out) throws IOException {
            out.writeLong(after);
        }

        @Override
        public void readData(ObjectDataInput in) throws IOException {
            after = in.readLong();
        }
    }

    /** Its last trades after one; null if it is not loaded. */
    public static final class Trades extends BookProcessor<List<MarketTrade>> {

        private long after;
        private int most;

        /** For deserialization. */
        public Trades() {
        }

        public Trades(long after, int most) {
            this.after = after;
            this.most = most;
        }

        @Override
        protected List<MarketTrade> process(Map.Entry<Long, HostedBook> entry, HostedBook hosted) {
            return hosted == null ? null : new ArrayList<>(hosted.feed().history().trades(after, most));
        }

        @Override
        public void writeData(ObjectDataOutput out) throws IOException {
            out.writeLong(after);
            out.writeInt(most);
        }

        @Override
        public void readData(ObjectDataInput in) throws IOException {
            after = in.readLong();
            most = in.readInt();
        }
    }

    /** Its last bars of a minute; null if it is not loaded. */
    public static final class Bars extends BookProcessor<List<Bar>> {

        private int most;

        /** For deserialization. */
        public Bars() {
        }

        public Bars(int most) {
            this.most = most;
        }

        @Override
        protected List<Bar> process(Map.Entry<Long, HostedBook> entry, HostedBook hosted) {
            return hosted == null ? null : new ArrayList<>(hosted.feed().history().bars(most));
        }

        @Override
        public void writeData(ObjectDataOutput out) throws IOException {
            out.writeInt(most);
        }

        @Override
        public void readData(ObjectDataInput in) throws IOException {
            most = in.readInt();
        }
    }

    /**
     * Its reports after one of them, as far as their commands are in the journal: the sequence of the last such report, and then the
     * reports, which are none if the book has forgotten some of them; null if it is not served here.
     */
    public static final class Reports extends BookProcessor<byte[]> {

        private long after;
        private int most;
        private long journaled;

        /** For deserialization. */
        public Reports() {
        }

        /** @param journaled all commands of the book up to this one are in the journal */
        public Reports(long after, int most, long journaled) {
            this.after = after;
            this.most = most;
            this.journaled = journaled;
        }

        @Override
        protected byte[] process(Map.Entry<Long, HostedBook> entry, HostedBook book) {
            if (!served(book)) {
                return null;
            }
            long durable = book.reportedDurably(journaled);
            int count = Math.clamp(durable - after, 0, most);
            byte[] reports = count == 0 ? null : book.reports(after + 1, count);
            ByteBuffer answer = ByteBuffer.allocate(Long.BYTES + (reports == null ? 0 : reports.length)).putLong(durable);
            return (reports == null ? answer : answer.put(reports)).array();
        }

        @Override
        public void writeData(ObjectDataOutput out) throws IOException {
            out.writeLong(after);
            out.writeInt(most);
            out.writeLong(journaled);
        }

        @Override
        public void readData(ObjectDataInput in) throws IOException {
            after = in.readLong();
            most = in.readInt();
            journaled = in.readLong();
        }
    }

    /**
     * Its state as it will be once the journal has all of it: a book that is traded in all the time always has something that waits. For the member that
     * serves it, and stays there.
     */
    public static final class State extends BookProcessor<Void> {

        private transient volatile BookImage image;

        @Override
        protected Void process(Map.Entry<Long, HostedBook> entry, HostedBook book) {
            image = served(book) ? book.imageAsJournaled() : null;
            return null;
        }

        /** Null if the book is not served here. */
        public BookImage image() {
            return image;
        }

        @Override
        public void writeData(ObjectDataOutput out) {
            // Nothing to say.
        }

        @Override
        public void readData(ObjectDataInput in) {
            // Nothing to read.
        }
    }
}
