package io.partita.member.drill.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The folder of {@code --report}: {@code DRILL.html} and {@code DRILL.json} for each drill, and {@code index.html} and {@code figures.md}
 * over several of them. A drill that runs again replaces its files.
 */
public record ReportFolder(Path folder) {

    /** Writes both forms and returns the page. */
    public Path write(DrillReport report) {
        text(name(report) + ".json", ReportJson.write(report));
        return text(page(report), DrillPage.of(report));
    }

    /** Writes the front page of the reports, in the order given, and returns it; beside it their figures as a table in Markdown. */
    public Path index(List<DrillReport> reports) {
        text("figures.md", FiguresTable.of(reports));
        return text("index.html", IndexPage.of(reports));
    }

    static String page(DrillReport report) {
        return name(report) + ".html";
    }

    private static String name(DrillReport report) {
        return report.drill().replaceAll("[^A-Za-z0-9-]", "-");
    }

    private Path text(String name, String text) {
        try {
            Files.createDirectories(folder);
            return Files.writeString(folder.resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException("The report cannot be written", e);
        }
    }
}
