package io.partita.member.diagnostics;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** The parts of an archive, each made when it is written, and each without its secrets. A part that cannot be made says why, and the others are there all the same. */
public final class Diagnostics {

    /** Of one part; what is longer is cut at its beginning, since what happened last comes last. */
    private static final int LONGEST = 8 << 20;

    private final Map<String, Callable<String>> parts = new LinkedHashMap<>();
    private final Redaction redaction;

    public Diagnostics(Redaction redaction) {
        this.redaction = redaction;
    }

    /** Adds a part. */
    public Diagnostics with(String name, Callable<String> part) {
        parts.put(name, part);
        return this;
    }

    /** Writes the archive; the stream stays open. */
    public void write(OutputStream out) throws IOException {
        ZipOutputStream zip = new ZipOutputStream(out, StandardCharsets.UTF_8);
        write(zip);
        zip.finish();
    }

    /** Adds the parts to an archive. */
    public void write(ZipOutputStream zip) throws IOException {
        for (Map.Entry<String, Callable<String>> part : parts.entrySet()) {
            zip.putNextEntry(new ZipEntry(part.getKey()));
            zip.write(redaction.text(text(part.getValue())).getBytes(StandardCharsets.UTF_8));
            zip.closeEntry();
        }
    }

    private static String text(Callable<String> part) {
        try {
            String text = part.call();
            return text.length() <= LONGEST ? text : "...\n" + text.substring(text.length() - LONGEST);
        } catch (Exception failure) {
            return "This could not be found out: " + failure + '\n';
        }
    }
}
