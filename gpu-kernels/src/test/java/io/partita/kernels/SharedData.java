package io.partita.kernels;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Real data beside the checkout; tests that need it are skipped, and say so, where it is absent. */
public final class SharedData {

    private SharedData() {
    }

    /** The lines of a file of figures but its first, taken apart at commas. */
    public static List<String[]> rows(String name) throws IOException {
        Path path = Path.of(System.getProperty("partita.data", "../shared/data"), name);
        assumeTrue(Files.exists(path), () -> "no " + path + ": this test reads real data that is not part of the checkout");
        return Files.readAllLines(path).stream().skip(1).map(line -> line.split(",")).toList();
    }
}
