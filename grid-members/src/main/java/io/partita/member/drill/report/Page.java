package io.partita.member.drill.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** What every page of a report has around it. A page needs no other file, runs no script and loads nothing. */
final class Page {

    private static final String MARK = """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32" width="28" height="28" aria-hidden="true">\
            <rect width="32" height="32" rx="7" fill="#0e5a4b"/><path d="M7 8.5h18M16 8.5v17" stroke="#f4efe2" stroke-width="2.6" \
            stroke-linecap="round"/><path d="M7.5 14.5h4.5M7.5 20h4.5" stroke="#8fd3bd" stroke-width="2.6" stroke-linecap="round"/>\
            <path d="M20 14.5h4.5M20 20h4.5" stroke="#e3b45c" stroke-width="2.6" stroke-linecap="round"/></svg>""";

    private static final String STYLE = resource("report.css");

    private Page() {
    }

    static String of(String title, String aside, Html content) {
        return Html.of("""
                <!doctype html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <meta name="color-scheme" content="light dark">
                <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
                <title>{}</title>
                <link rel="icon" href="data:image/svg+xml;base64,{}">
                <style>
                {}</style>
                </head>
                <body>
                <header class="top"><div>{}<b>Partita</b><span>{}</span></div></header>
                <main>
                {}</main>
                </body>
                </html>
                """, title, Base64.getEncoder().encodeToString(MARK.getBytes(StandardCharsets.UTF_8)), new Html(STYLE), new Html(MARK), aside,
                content).markup();
    }

    private static String resource(String name) {
        try (InputStream in = Page.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
