package io.partita.member.intake;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.Closeable;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The file of refused rows: line, code, detail and the row as it stood. Locked while open, so that the same import does
 * not run twice at once. Used by one thread.
 */
final class RefusedRows implements Closeable {

    private final FileChannel channel;
    private final StringWriter text = new StringWriter();
    private final CsvWriter writer = CsvWriter.builder().build(text);

    RefusedRows(Path file) throws IOException {
        channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        boolean locked = false;
        try {
            locked = channel.tryLock() != null;
        } catch (java.nio.channels.OverlappingFileLockException e) {
            // Another import in this same process: as with another process, not locked.
        }
        if (!locked) {
            channel.close();
            throw new ImportStopped("Another import is writing " + file + ". Let it end, or give this one its own files with"
                    + " --refused and --progress.");
        }
    }

    /** Goes on after the given number of bytes; what lies behind belongs to rows that will be sent again. */
    void resumeAt(long bytes) throws IOException {
        channel.truncate(bytes);
        channel.position(channel.size());
        if (bytes == 0) {
            writer.writeRecord("line", "code", "detail", "row");
            flush();
        }
    }

    void add(CsvRow row, String code, String detail) {
        writer.writeRecord(Long.toString(row.line()), code, detail, row.text());
    }

    /** Writes what was added, and answers with the file's size. */
    long flush() throws IOException {
        writer.flush();
        ByteBuffer bytes = StandardCharsets.UTF_8.encode(text.toString());
        text.getBuffer().setLength(0);
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
        return channel.position();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
