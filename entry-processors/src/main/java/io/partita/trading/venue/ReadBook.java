package io.partita.trading.venue;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import io.partita.trading.feed.BookSnapshot;
import io.partita.trading.feed.MarketView;
import io.partita.trading.feed.UpdateBatch;
import java.io.IOException;
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

    /** What follows on an update; null if the book is not served here, or that is no longer, or not yet, there. */
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

    /** Its state as bytes, if nothing of it waits for the journal; else null. */
    public static final class State extends BookProcessor<byte[]> {

        @Override
        protected byte[] process(Map.Entry<Long, HostedBook> entry, HostedBook book) {
            return served(book) && book.tailLength() == 0 ? book.encode() : null;
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
