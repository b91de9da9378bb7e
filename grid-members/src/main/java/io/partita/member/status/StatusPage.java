package io.partita.member.status;

import io.partita.member.status.ServiceLevels.Level;
import io.partita.member.status.ServiceLevels.Window;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.springframework.web.util.HtmlUtils;

/** The status as a page: no script, nothing from elsewhere. */
final class StatusPage {

    private StatusPage() {
    }

    static String of(StatusAnswer status) {
        StringBuilder parts = new StringBuilder();
        status.parts().forEach((name, part) -> parts.append("<tr><td>%s</td><td class=\"%s\">%s</td><td>%s</td></tr>%n".formatted(name, part.works() ? "good" : "bad",
                part.works() ? "works" : "does not", part.works() ? "" : HtmlUtils.htmlEscape(part.reason()))));
        StringBuilder promises = new StringBuilder();
        for (Level level : status.promises()) {
            promises.append("<tr><td><b>%s</b><br>%s</td><td>%s</td>%s%s</tr>%n".formatted(level.name(), level.meaning(), percent(level.target()), cells(level.hour()),
                    cells(level.day())));
        }
        return """
                <!doctype html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <meta http-equiv="refresh" content="30">
                <title>Status - Partita</title>
                <style>
                  :root { color-scheme: light dark; }
                  body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 70rem; padding: 0 1rem; }
                  h1 { font-size: 1.4rem; }
                  h2 { font-size: 1.1rem; }
                  table { border-collapse: collapse; width: 100%%; }
                  th, td { text-align: left; padding: .45rem .8rem .45rem 0; border-bottom: 1px solid #8883; vertical-align: top; }
                  .good { color: #1a7f37; }
                  .bad { color: #cf222e; }
                </style>
                </head>
                <body>
                <h1 class="%s">%s</h1>
                <p>Member %s, version %s, since %s; as of %s.</p>
                <h2>Parts</h2>
                <table>
                %s</table>
                <h2>Promises</h2>
                <table>
                <thead><tr><th>Promise</th><th>Target</th><th>Last hour</th><th>Budget left</th><th>Last day</th><th>Budget left</th></tr></thead>
                <tbody>
                %s</tbody>
                </table>
                </body>
                </html>
                """.formatted(status.state() == StatusAnswer.State.OPERATIONAL ? "good" : "bad", heading(status.state()), status.member(), status.version(),
                status.startedAt().truncatedTo(ChronoUnit.SECONDS), status.now().truncatedTo(ChronoUnit.SECONDS), parts, promises);
    }

    private static String heading(StatusAnswer.State state) {
        return switch (state) {
            case OPERATIONAL -> "Everything works";
            case DEGRADED -> "It works, but not as well as promised";
            case OUTAGE -> "Something does not work";
        };
    }

    private static String cells(Window window) {
        if (window.achieved() == null) {
            return "<td>nothing to judge</td><td></td>";
        }
        return "<td>%s of %,d</td><td class=\"%s\">%s</td>".formatted(percent(window.achieved()), window.total(), window.budgetLeft() < 0 ? "bad" : "good",
                percent(Math.max(0, window.budgetLeft())));
    }

    private static String percent(double part) {
        return String.format(Locale.ROOT, "%.2f %%", 100 * part);
    }
}
