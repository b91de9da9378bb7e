package io.partita.console.grid;

import io.partita.console.ui.Amounts;

/** Sizes of memory in words. */
final class Bytes {

    private static final long KIBIBYTE = 1024;
    private static final long MEBIBYTE = KIBIBYTE * KIBIBYTE;

    private Bytes() {
    }

    static String text(long bytes) {
        return bytes < KIBIBYTE ? bytes + " B" : bytes < MEBIBYTE ? Amounts.count(bytes / KIBIBYTE) + " KiB" : Amounts.count(bytes / MEBIBYTE) + " MiB";
    }

    static double mebibytes(long bytes) {
        return (double) bytes / MEBIBYTE;
    }
}
