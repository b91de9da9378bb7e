package io.partita.trading;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** Real data beside the checkout; tests that need it are skipped, and say so, where it is absent. */
final class SharedData {

    private SharedData() {
    }

    static Path file(String name) {
        Path path = Path.of(System.getProperty("partita.data", "../shared/data"), name);
        assumeTrue(Files.exists(path), () -> "no " + path + ": this test reads real data that is not part of the checkout");
        return path;
    }
}
