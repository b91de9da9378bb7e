package io.partita.member.drill.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * What a drill ran on. Its name is left out on purpose: a report is passed on.
 *
 * @param processor       as it calls itself, or the architecture where it does not say
 * @param cores           that the process may use
 * @param memoryBytes     of the machine; 0 where it is not known
 * @param operatingSystem name and version
 */
public record Machine(String processor, int cores, long memoryBytes, String operatingSystem) {

    /** The machine of this process. */
    public static Machine here() {
        return new Machine(field("/proc/cpuinfo", "model name", System.getProperty("os.arch")),
                Runtime.getRuntime().availableProcessors(),
                Long.parseLong(field("/proc/meminfo", "MemTotal", "0").replaceAll("[^0-9]", "")) * 1024,
                System.getProperty("os.name") + " " + System.getProperty("os.version"));
    }

    private static String field(String file, String name, String otherwise) {
        Path path = Path.of(file);
        if (!Files.isReadable(path)) {
            return otherwise;
        }
        try (Stream<String> lines = Files.lines(path, StandardCharsets.UTF_8)) {
            return lines.filter(line -> line.startsWith(name) && line.contains(":"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip()).findFirst().orElse(otherwise);
        } catch (IOException e) {
            return otherwise;
        }
    }
}
