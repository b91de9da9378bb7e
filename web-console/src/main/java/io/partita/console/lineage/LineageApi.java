package io.partita.console.lineage;

import io.partita.console.api.Answer;
import io.partita.console.api.MemberApi;
import io.partita.console.ui.Amounts;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Lineages as the console asks for them. Thread-safe; calls block. */
@Component
class LineageApi {

    private final MemberApi api;

    LineageApi(MemberApi api) {
        this.api = api;
    }

    /** Where something came from and what it became. @param withheld permissions that there would be more with */
    record Lineage(String id, String root, List<Node> nodes, List<Edge> edges, List<String> withheld) {
    }

    /** Something that happened, or is. @param ref by which its own page knows it; null if it has none */
    record Node(String key, Kind kind, String title, String detail, String ref, Instant at) {

        Node {
            title = Amounts.within(title);
            detail = Amounts.within(detail);
        }
    }

    /** From what was first to what came of it. */
    record Edge(String from, String to, String what) {
    }

    /** What a node is, in words, and the page that shows more of it; empty for none. */
    enum Kind {
        AUDIT("Who asked", "audit"), COMMAND("Command", ""), ORDER("Order", "lineage/orders/"), TRADE("Trade", "lineage/trades/"), TRANSFER("Transfer", "transfers/"),
        ACCOUNT_CHANGE("Account operation", ""), BLOCK("Journal", ""), SHARD("Shard", ""), ACCOUNT("Account", "accounts/"), JOB("Job", "jobs/"), STAGE("Stage", ""), ALERT("Alert", "alerts/anomaly/"),
        INSTRUMENT("Instrument", "markets/");

        private final String words;
        private final String page;

        Kind(String words, String page) {
            this.words = words;
            this.page = page;
        }

        String words() {
            return words;
        }

        /** Where more of it is; null if nowhere. */
        String page(String ref) {
            return page.isEmpty() || ref == null ? null : this == AUDIT ? "audit" : page + ref;
        }
    }

    /** @param id as it stands in the address: of anything, or orders/ACME/7 and trades/ACME/7 */
    Answer<Lineage> of(String id) {
        return api.get("/lineage/" + Arrays.stream(id.split("/")).map(MemberApi::segment).collect(Collectors.joining("/")), Lineage.class);
    }
}
