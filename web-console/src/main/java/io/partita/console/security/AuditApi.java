package io.partita.console.security;

import io.partita.console.api.Answer;
import io.partita.console.api.MemberApi;
import io.partita.console.api.MemberApi.Query;
import io.partita.console.ui.Page;
import java.time.Instant;
import java.util.List;
import org.springframework.stereotype.Component;

/** Who did what, and what was denied. Thread-safe; calls block. */
@Component
class AuditApi {

    private final MemberApi api;

    AuditApi(MemberApi api) {
        this.api = api;
    }

    /** Something that was done or denied. @param who null for nobody known @param path as the table of access has it @param subject what stood in its variables @param code null if it was done */
    record Event(long sequence, Instant at, String member, String who, String session, String address, String method, String path, String subject, int status, String code,
                 String correlationId, String hash) {
    }

    /** What came of computing the chain of hashes again. @param brokenAt null if it is whole @param next to go on from, or null */
    record Verification(boolean whole, long first, long last, long events, Long brokenAt, String hash, Long next) {
    }

    /** What to look for; null or blank for anything. */
    record Filter(String who, String method, String code, Instant from, Instant to) {
    }

    Page<Event> events(Filter filter, String before, int limit) {
        record Found(List<Event> events, Long next) {
        }
        Found found = api.get("/audit", Query.NONE.with("who", filter.who()).with("method", filter.method()).with("code", filter.code()).with("from", filter.from())
                .with("to", filter.to()).with("before", before).with("limit", limit), Found.class).orThrow();
        return new Page<>(found.events(), found.next() == null ? null : found.next().toString());
    }

    /** @param from the first event that is looked at */
    Answer<Verification> verify(long from, long most) {
        return api.get("/audit/verification", Query.NONE.with("from", from).with("limit", most), Verification.class);
    }
}
