package io.partita.console.marketdata;

import io.partita.console.api.Answer;
import io.partita.console.api.MemberApi;
import io.partita.console.api.MemberApi.Query;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Bars, indicators and sources as the console asks for them. Thread-safe; calls block. */
@Component
class MarketDataApi {

    private final MemberApi api;

    MarketDataApi(MemberApi api) {
        this.api = api;
    }

    /** An instrument. @param priceScale decimals of its prices */
    record Listed(long id, String symbol, String currency, int priceScale) {
    }

    /** A bar that is over. */
    record Bar(Instant start, double open, double high, double low, double close, long volume, int revision) {
    }

    /** Indicators after a bar; what is absent is left out. */
    record Reading(Instant start, Map<String, Double> values) {
    }

    /** A source of ticks. @param clockMillis how long its quickest ticks take; negative if its clock is ahead */
    record Source(String source, int instruments, double score, long received, long used, long missing, long late, long clockMillis, Instant lastReceived,
                  Map<String, Long> faults) {
    }

    /** Something that was not used. */
    record Letter(String key, String source, Instant received, String fault, String detail, String record) {
    }

    Answer<List<Listed>> instruments() {
        return api.get("/instruments", Listed[].class).map(Arrays::asList);
    }

    /** The last bars, the newest last. @param adjusted as if nothing had been split or paid out */
    Answer<List<Bar>> bars(String symbol, String size, int most, boolean adjusted) {
        return api.get("/marketdata/bars/" + symbol, Query.NONE.with("size", size).with("limit", most).with("adjusted", adjusted), Bar[].class).map(Arrays::asList);
    }

    /** Bars that begin within a time. @param to not in it */
    Answer<List<Bar>> bars(String symbol, String size, Instant from, Instant to) {
        return api.get("/marketdata/bars/" + symbol, Query.NONE.with("size", size).with("from", from).with("to", to).with("limit", 200), Bar[].class).map(Arrays::asList);
    }

    Answer<List<Reading>> indicators(String symbol, String size, int most, List<String> names) {
        Query query = Query.NONE.with("size", size).with("limit", most);
        for (String name : names) {
            query = query.with("name", name);
        }
        return api.get("/marketdata/indicators/" + symbol, query, Reading[].class).map(Arrays::asList);
    }

    Answer<List<Source>> quality() {
        return api.get("/marketdata/quality", Source[].class).map(Arrays::asList);
    }

    /** The newest first. @param source null for all */
    Answer<List<Letter>> letters(String source, int most) {
        return api.get("/marketdata/dead-letters", Query.NONE.with("source", source).with("limit", most), Letter[].class).map(Arrays::asList);
    }
}
