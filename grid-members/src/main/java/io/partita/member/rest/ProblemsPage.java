package io.partita.member.rest;

import io.partita.kernels.KernelRefusal;
import io.partita.ledger.Refusal;
import io.partita.positions.PositionRefusal;
import io.partita.risk.LimitRefusal;
import io.partita.security.SecurityRefusal;
import io.partita.trading.Reason;
import io.partita.trading.TradingRefusal;
import io.partita.trading.risk.RiskRefusal;
import io.swagger.v3.oas.annotations.Hidden;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** The page that the {@code type} of a problem points to: every code, what it means and what to do. */
@Hidden
@RestController
final class ProblemsPage {

    /** One code, as the page and its JSON form show it. */
    record Entry(String code, int status, String meaning, String remedy) {
    }

    private final List<Entry> entries = entries();

    private static List<Entry> entries() {
        List<Entry> entries = new ArrayList<>();
        for (RequestCode code : RequestCode.values()) {
            entries.add(new Entry(code.name(), code.status(), code.meaning(), switch (code.status()) {
                case 401 -> "Ask again with a key or token that is valid.";
                case 403 -> "Ask somebody who may, or for the permission.";
                case 409, 429, 503 -> "Repeat it after a pause.";
                case 500 -> "Tell whoever runs the member.";
                default -> "Correct the request.";
            }));
        }
        for (Refusal code : Refusal.values()) {
            entries.add(new Entry(code.name(), RequestProblem.status(code), code.meaning(), switch (code.remedy()) {
                case CORRECT -> "Correct the request: it can never succeed as it is.";
                case REFUSED -> "The state of the accounts does not allow it.";
                case RETRY -> "Repeat it with the same id after a pause.";
            }));
        }
        for (TradingRefusal code : TradingRefusal.values()) {
            add(entries, new Entry(code.name(), RequestProblem.status(code), code.meaning(),
                    code.retryable() ? "Repeat it with the same id after a pause." : "Correct the request."));
        }
        for (KernelRefusal code : KernelRefusal.values()) {
            add(entries, new Entry(code.name(), RequestProblem.status(code), code.meaning(), "Ask for something else, or bring the prices that are missing."));
        }
        for (PositionRefusal code : PositionRefusal.values()) {
            add(entries, new Entry(code.name(), RequestProblem.status(code), code.meaning(), "Correct the request, or the row of the file."));
        }
        for (LimitRefusal code : LimitRefusal.values()) {
            add(entries, new Entry(code.name(), RequestProblem.status(code), code.meaning(), "Correct the request, or take away first what stands against it."));
        }
        for (SecurityRefusal code : SecurityRefusal.values()) {
            add(entries, new Entry(code.name(), RequestProblem.status(code), code.meaning(), switch (RequestProblem.status(code)) {
                case 401 -> "Sign in, or present another key.";
                case 403 -> "Ask somebody who may.";
                case 429, 503 -> "Repeat it after a pause.";
                default -> "Correct the request.";
            }));
        }
        for (RiskRefusal code : RiskRefusal.values()) {
            add(entries, new Entry(code.name(), RequestProblem.status(code), code.meaning(), "The trading account may not do it now; nothing was changed."));
        }
        for (Reason code : Reason.values()) {
            if (code.rejects()) {
                add(entries, new Entry(code.name(), RequestProblem.REJECTED, code.meaning(), "The book does not take it as it is; nothing was changed."));
            }
        }
        entries.sort(Comparator.comparingInt(Entry::status).thenComparing(Entry::code));
        return List.copyOf(entries);
    }

    /** The ledger and trading share some codes, which mean the same. */
    private static void add(List<Entry> entries, Entry entry) {
        if (entries.stream().noneMatch(other -> other.code().equals(entry.code()))) {
            entries.add(entry);
        }
    }

    @GetMapping(path = "/problems", produces = MediaType.APPLICATION_JSON_VALUE)
    List<Entry> all() {
        return entries;
    }

    @GetMapping(path = "/problems", produces = MediaType.TEXT_HTML_VALUE)
    String page() {
        return html("");
    }

    @GetMapping(path = "/problems/{code}", produces = MediaType.APPLICATION_JSON_VALUE)
    Entry one(@PathVariable String code) {
        return entries.stream().filter(entry -> entry.code().equals(code)).findFirst().orElseThrow(() -> unknown());
    }

    @GetMapping(path = "/problems/{code}", produces = MediaType.TEXT_HTML_VALUE)
    String page(@PathVariable String code) {
        if (entries.stream().noneMatch(entry -> entry.code().equals(code))) {
            throw unknown();
        }
        return html(code);
    }

    private static RequestProblem unknown() {
        return RequestProblem.of(RequestCode.NOT_FOUND, "There is no such code; /problems lists all.");
    }

    private String html(String chosen) {
        StringBuilder rows = new StringBuilder();
        for (Entry entry : entries) {
            rows.append("<tr id=\"%s\"%s><td><code>%s</code></td><td>%d</td><td>%s</td><td>%s</td></tr>%n".formatted(entry.code(),
                    entry.code().equals(chosen) ? " class=\"chosen\"" : "", entry.code(), entry.status(), entry.meaning(), entry.remedy()));
        }
        String title = chosen.isEmpty() ? "Problems" : chosen;
        return """
                <!doctype html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <title>%s - Partita</title>
                <style>
                  :root { color-scheme: light dark; }
                  body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 70rem; padding: 0 1rem; }
                  h1 { font-size: 1.4rem; }
                  table { border-collapse: collapse; width: 100%%; }
                  th, td { text-align: left; padding: .45rem .8rem .45rem 0; border-bottom: 1px solid #8883; vertical-align: top; }
                  .chosen { background: #f5b30033; }
                </style>
                </head>
                <body>
                <h1>Problems and their codes</h1>
                <p>Every refused request is answered with a problem (RFC 9457) whose <code>code</code> is one of these.
                The requests themselves are described in <a href="/docs">the interface's documentation</a>.</p>
                <table>
                <thead><tr><th>Code</th><th>Status</th><th>Meaning</th><th>What to do</th></tr></thead>
                <tbody>
                %s</tbody>
                </table>
                </body>
                </html>
                """.formatted(title, rows);
    }
}
