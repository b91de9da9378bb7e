package io.partita.member.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresBinariesTest {

    @TempDir
    private Path folder;

    private Path programs(String name, String what) throws IOException {
        Path programs = Files.createDirectories(folder.resolve(name).resolve("bin"));
        Files.writeString(programs.resolve("postgres"), what);
        return folder.resolve(name);
    }

    @Test
    void whoever_unpacks_more_slowly_than_another_process_uses_what_that_one_has_unpacked() throws IOException {
        Path slow = programs("unpacking", "of the slow one");
        Path there = programs("postgres", "of the quick one");
        PostgresBinaries.move(slow, there);
        assertThat(there.resolve("bin/postgres")).hasContent("of the quick one");
        assertThat(slow).doesNotExist();
    }

    @Test
    void what_cannot_get_its_name_for_another_reason_is_told() throws IOException {
        Path unpacked = programs("unpacking", "of this one");
        assertThatThrownBy(() -> PostgresBinaries.move(unpacked, folder.resolve("absent/postgres"))).isInstanceOf(FileSystemException.class);
        assertThat(unpacked).doesNotExist();
    }
}
