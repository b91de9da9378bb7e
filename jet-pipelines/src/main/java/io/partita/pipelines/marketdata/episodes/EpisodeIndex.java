package io.partita.pipelines.marketdata.episodes;

import io.partita.marketdata.anomaly.Aftermath;
import io.partita.marketdata.anomaly.SimilarEpisode;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.KnnFloatVectorQuery;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.store.Directory;

/**
 * All episodes, and which are most like a window: nearest neighbours by a navigable small world graph (Malkov and Yashunin, 2016), so the answer is
 * close to the exact one, not always the same. It can be made anew from the episodes at any time. Thread-safe; what was added is found after
 * the next {@link #refresh}.
 */
public final class EpisodeIndex implements Closeable {

    private static final String ID = "id";
    private static final String VECTOR = "vector";
    private static final String KNOWN = "known";
    private static final String INSTRUMENT = "instrument";
    private static final String FROM = "from";
    private static final String TO = "to";
    private static final String FOLLOWED = "followed";
    /** Neighbouring windows of one instrument are alike; only one of them is told, so more must be asked for. */
    private static final int SPARE = 5;

    private final IndexWriter writer;
    private final SearcherManager searchers;

    /** @param directory where it lives, such as a ByteBuffersDirectory; what is there already is found */
    public EpisodeIndex(Directory directory) {
        try {
            writer = new IndexWriter(directory, new IndexWriterConfig());
            searchers = new SearcherManager(writer, null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Adds episodes; one that is there already is put in its own place. */
    public void add(Collection<Episode> episodes) {
        try {
            for (Episode episode : episodes) {
                writer.updateDocument(new Term(ID, episode.window().id()), document(episode));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Document document(Episode episode) {
        EpisodeWindow window = episode.window();
        Aftermath followed = episode.followed();
        Document document = new Document();
        document.add(new StringField(ID, window.id(), Field.Store.NO));
        document.add(new KnnFloatVectorField(VECTOR, window.vector(), VectorSimilarityFunction.EUCLIDEAN));
        document.add(new LongPoint(KNOWN, episode.known()));
        document.add(new StoredField(INSTRUMENT, window.instrument()));
        document.add(new StoredField(FROM, window.from()));
        document.add(new StoredField(TO, window.to()));
        for (double part : new double[] {followed.soon(), followed.week(), followed.month(), followed.lowest(), followed.highest(),
                followed.volatility()}) {
            document.add(new StoredField(FOLLOWED, part));
        }
        return document;
    }

    /** Takes away what was known before a time, in nanoseconds since 1970; it is not found any more after the next {@link #refresh}. */
    public void forget(long before) {
        try {
            writer.deleteDocuments(LongPoint.newRangeQuery(KNOWN, Long.MIN_VALUE, before - 1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Makes findable what was added before. */
    public void refresh() {
        try {
            searchers.maybeRefreshBlocking();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The episodes most like a window, the most alike first. Of each instrument's overlapping windows one is told. None is told of which it was
     * not known, when the window ended, what followed: nothing here looks into the future.
     */
    public List<SimilarEpisode> similar(EpisodeWindow window, int most) {
        try {
            IndexSearcher searcher = searchers.acquire();
            try {
                KnnFloatVectorQuery query = new KnnFloatVectorQuery(VECTOR, window.vector(), most * SPARE,
                        LongPoint.newRangeQuery(KNOWN, Long.MIN_VALUE, window.to()));
                List<SimilarEpisode> similar = new ArrayList<>();
                for (ScoreDoc hit : searcher.search(query, most * SPARE).scoreDocs) {
                    SimilarEpisode episode = episode(searcher.storedFields().document(hit.doc), similarity(hit.score, window.vector().length));
                    if (similar.size() < most && !window.overlaps(episode.instrument(), episode.from(), episode.to())
                            && similar.stream().noneMatch(other -> other.instrument() == episode.instrument()
                                    && other.from() <= episode.to() && episode.from() <= other.to())) {
                        similar.add(episode);
                    }
                }
                return similar;
            } finally {
                searchers.release(searcher);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** From Lucene's 1 / (1 + squared distance) to the same of the mean square, which does not depend on the length of windows. */
    private static double similarity(double score, int length) {
        return 1 / (1 + (1 / score - 1) / length);
    }

    private static SimilarEpisode episode(Document document, double similarity) {
        double[] followed = new double[6];
        var parts = document.getFields(FOLLOWED);
        for (int i = 0; i < followed.length; i++) {
            followed[i] = parts[i].numericValue().doubleValue();
        }
        return new SimilarEpisode(number(document, INSTRUMENT), number(document, FROM), number(document, TO), similarity,
                new Aftermath(followed[0], followed[1], followed[2], followed[3], followed[4], followed[5]));
    }

    private static long number(Document document, String field) {
        return document.getField(field).numericValue().longValue();
    }

    /** How many episodes are findable. */
    public int size() {
        try {
            IndexSearcher searcher = searchers.acquire();
            try {
                return searcher.getIndexReader().numDocs();
            } finally {
                searchers.release(searcher);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try (writer) {
            searchers.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
