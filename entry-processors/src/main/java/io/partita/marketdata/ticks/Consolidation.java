package io.partita.marketdata.ticks;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * One stream of an instrument out of all that sources say of it: each tick is checked, lines of the same feed are put together by their numbers, and of several
 * feeds one is followed. A source is called {@code feed}, or {@code feed/line} if it is one of several lines that carry the same numbered ticks.
 * While no feed is well the one that was followed last stays. The clock is that of {@link Tick#received}, so the same ticks lead to the same stream. Not
 * thread-safe; {@link #write} and {@link #read} make a snapshot.
 */
public final class Consolidation {

    /** More of one instrument are taken for a mistake in names. */
    public static final int MOST_SOURCES = 16;
    private static final long SILENCE = TimeUnit.SECONDS.toNanos(10);
    private static final double LEAST_SCORE = 50;
    private static final long PROBATION = TimeUnit.SECONDS.toNanos(30);
    /** Lines are a few milliseconds apart; what is missing longer than that is missing on all of them. */
    private static final long PATIENCE = TimeUnit.MILLISECONDS.toNanos(250);
    private static final int ROOM = 1_000;

    private final QualityRules rules;
    private final Map<String, Source> sources = new LinkedHashMap<>();
    private final Map<String, LineArbiter> arbiters = new LinkedHashMap<>();
    private final List<String> ranks;
    private final SourceElection election;
    private String followed;

    private static final class Source {
        private final String feed;
        /** Whether it is one of several lines of its feed. */
        private final boolean line;
        private final FeedCheck check;
        private final SourceQuality quality;
        private boolean heard;

        Source(String name, FeedCheck check, SourceQuality quality) {
            int slash = name.indexOf('/');
            feed = slash < 0 ? name : name.substring(0, slash);
            line = slash >= 0;
            this.check = check;
            this.quality = quality;
        }
    }

    /** Is told what becomes of ticks. */
    public interface Outlet {

        /** A tick of the feed that is followed, in order if the feed has lines. */
        void passed(Tick tick);

        /** A tick that is not used. @param number how many of this source were not used so far, this one too */
        void refused(DeadLetter letter, long number);
    }

    /** @param ranks feeds, the best first; others rank behind them in the order in which they are heard of */
    public Consolidation(QualityRules rules, List<String> ranks) {
        this.rules = rules;
        this.ranks = new ArrayList<>(ranks);
        election = new SourceElection(ranks, SILENCE, LEAST_SCORE, PROBATION);
    }

    /** Takes the next tick, which {@link FeedCheck#schema} has nothing against. */
    public void add(Tick tick, Outlet out) {
        Source source = sources.get(tick.source());
        if (source == null) {
            if (sources.size() >= MOST_SOURCES) {
                out.refused(new DeadLetter(tick.source(), tick.received(), Fault.SCHEMA, "an instrument has at most " + MOST_SOURCES + " sources",
                        tick.toString()), tick.sequence());
                return;
            }
            source = new Source(tick.source(), new FeedCheck(rules), new SourceQuality());
            sources.put(tick.source(), source);
            rank(source.feed);
        }
        Judgement judgement = source.check.judge(tick);
        source.quality.add(judgement);
        source.heard = true;
        long refused = source.quality.received() - source.quality.used();
        judgement.deadLetter().ifPresent(letter -> out.refused(letter, refused));
        if (judgement.passed()) {
            pass(tick, source, out);
        }
    }

    private void rank(String feed) {
        if (!ranks.contains(feed)) {
            ranks.add(feed);
            election.rank(feed);
        }
    }

    private void pass(Tick tick, Source source, Outlet out) {
        election.heard(source.feed, tick.received(), source.quality.score());
        // The one that is followed has nothing to gain from a vote: it is left when another is heard.
        boolean follows = source.feed.equals(followed);
        if (!follows) {
            followed = election.current(tick.received()).orElse(followed == null ? source.feed : followed);
            follows = source.feed.equals(followed);
        }
        if (source.line && tick.sequence() > 0) {
            Consumer<Tick> hand = follows ? out::passed : _ -> { };
            LineArbiter arbiter = arbiters.computeIfAbsent(source.feed, _ -> new LineArbiter(PATIENCE, ROOM));
            arbiter.add(tick, hand);
            arbiter.expire(tick.received(), hand);
        } else if (follows) {
            out.passed(tick);
        }
    }

    /** Which feed is followed; null before the first tick. */
    public String followed() {
        return followed;
    }

    /** Sources of which ticks came since this was asked last. */
    public void heard(BiConsumer<String, SourceQuality> told) {
        sources.forEach((name, source) -> {
            if (source.heard) {
                source.heard = false;
                told.accept(name, source.quality);
            }
        });
    }

    /** Writes all that it remembers. */
    public void write(DataOutput out) throws IOException {
        out.writeUTF(followed == null ? "" : followed);
        out.writeInt(ranks.size());
        for (String feed : ranks) {
            out.writeUTF(feed);
        }
        election.write(out);
        out.writeInt(sources.size());
        for (Map.Entry<String, Source> source : sources.entrySet()) {
            out.writeUTF(source.getKey());
            source.getValue().check.write(out);
            source.getValue().quality.write(out);
        }
        out.writeInt(arbiters.size());
        for (Map.Entry<String, LineArbiter> arbiter : arbiters.entrySet()) {
            out.writeUTF(arbiter.getKey());
            arbiter.getValue().write(out);
        }
    }

    /** One that goes on where another was written, by the same rules. */
    public static Consolidation read(QualityRules rules, DataInput in) throws IOException {
        String followed = in.readUTF();
        List<String> ranks = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            ranks.add(in.readUTF());
        }
        Consolidation read = new Consolidation(rules, ranks);
        read.followed = followed.isEmpty() ? null : followed;
        read.election.read(in);
        for (int left = in.readInt(); left > 0; left--) {
            String name = in.readUTF();
            read.sources.put(name, new Source(name, FeedCheck.read(rules, in), SourceQuality.read(in)));
        }
        for (int left = in.readInt(); left > 0; left--) {
            String feed = in.readUTF();
            LineArbiter arbiter = new LineArbiter(PATIENCE, ROOM);
            arbiter.read(in);
            read.arbiters.put(feed, arbiter);
        }
        return read;
    }
}
